"use client";

import { Archive } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { useLiveVm } from "@/components/shell/live-provider";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { noteLength } from "@/lib/model/backup";
import { backupCommands } from "@/lib/model/backup-commands";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { VmDetail } from "@/lib/model/vm";
import type { CreateBackupAction } from "./types";

interface CreateBackupProps {
  vm: VmDetail;
  quota: Quota;
  /** Why it cannot be made now; null when it can. */
  blocked: string | null;
  create: CreateBackupAction;
}

/** The button, and the question what is to be written down with the backup. */
export function CreateBackup({ vm: detail, quota, blocked, create }: CreateBackupProps) {
  const t = useTranslations("backup.create");
  const overReason = useOverReason();
  const vm = { ...detail, ...useLiveVm(detail) };
  const { busy, failure, submit } = useSubmit();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [wantsQuiesce, setQuiesce] = useState(true);
  const [incremental, setIncremental] = useState(false);
  const running = vm.bootId !== null;
  const quiesce = running && wantsQuiesce;
  const disks = detail.disks.filter((disk) => disk.device === "disk");
  const wholeBytes = disks.reduce((sum, disk) => sum + (disk.capacityBytes ?? 0), 0);
  const lines = judgeQuota(quota, { diskGib: wholeBytes / BYTES_PER_GIB });

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (overReason(lines) !== null) return;
    if (
      !(await submit(() =>
        create({ vmId: vm.id, note, quiesce, incremental: running && incremental }),
      ))
    )
      return;
    toast.info(t("started", { name: vm.name }));
    setOpen(false);
    setNote("");
  }

  return (
    <>
      <ReasonButton
        variant="primary"
        icon={<Archive aria-hidden="true" />}
        align="end"
        disabledReason={blocked}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </ReasonButton>
      {open && (
        <Dialog
          open
          onClose={() => setOpen(false)}
          title={t("title", { name: vm.name })}
          className="text-left"
        >
          <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
            <p className="text-muted">{t(running ? "running" : "off")}</p>
            <Field label={t("note")} optional={t("optional")}>
              {(control) => (
                <Input
                  {...control}
                  data-autofocus
                  autoComplete="off"
                  maxLength={noteLength}
                  value={note}
                  onChange={(event) => setNote(event.target.value)}
                />
              )}
            </Field>
            {running && (
              <Checkbox
                label={t("quiesce")}
                hint={t("quiesceHint")}
                checked={wantsQuiesce}
                onChange={(event) => setQuiesce(event.target.checked)}
              />
            )}
            {running && (
              <Checkbox
                label={t("incremental")}
                hint={t("incrementalHint")}
                checked={incremental}
                onChange={(event) => setIncremental(event.target.checked)}
              />
            )}
            <QuotaPreview lines={lines} />
            <p className="text-13 text-muted">{t("counts")}</p>
            <VirshLine
              commands={backupCommands({
                domainName: detail.domainName,
                running,
                quiesce,
                volumes: disks,
              })}
            />
            <DialogEnd failure={failure} onCancel={() => setOpen(false)}>
              <ReasonButton
                type="submit"
                variant="primary"
                busy={busy}
                disabledReason={overReason(lines)}
                align="end"
              >
                {t("confirm")}
              </ReasonButton>
            </DialogEnd>
          </form>
        </Dialog>
      )}
    </>
  );
}
