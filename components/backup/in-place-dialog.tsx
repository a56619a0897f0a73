"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { useLiveVms } from "@/components/shell/live-provider";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { TypedNameField } from "@/components/ui/typed-name-field";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { type BackupView, inPlaceProblem } from "@/lib/model/backup";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { VmView } from "@/lib/model/vm";
import type { BackupActions } from "./types";

interface InPlaceDialogProps {
  backup: BackupView;
  quota: Quota;
  restore: BackupActions["restoreInPlace"];
  onClose: () => void;
}

const none: readonly VmView[] = [];

/** A VM back as it was at a backup: what is lost is said, and its name is typed. */
export function InPlaceDialog({ backup, quota, restore, onClose }: InPlaceDialogProps) {
  const t = useTranslations("backup.inPlace");
  const locale = useLocale();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const [typed, setTyped] = useState("");
  const vm = useLiveVms(none).find((each) => each.id === backup.vmId);
  const name = vm?.name ?? backup.vmName;
  const disks = backup.disks
    .map((disk) => `${disk.target} (${formatBytes(disk.capacityBytes, locale)})`)
    .join(", ");
  const wholeBytes = backup.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0);
  const lines = judgeQuota(quota, { diskGib: wholeBytes / BYTES_PER_GIB });
  // A list that is not there yet is no VM that is gone: the server says so then.
  const problem =
    vm === undefined
      ? null
      : inPlaceProblem({ ...vm, hasSnapshots: vm.snapshots !== "", inRescue: vm.rescue !== null });
  const reason =
    (problem === null ? null : errorText(problem)) ??
    overReason(lines) ??
    (typed.normalize("NFC").trim() === name ? null : t("typeFirst"));

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (reason !== null) return;
    if (!(await submit(() => restore({ backupId: backup.id, confirmName: typed })))) return;
    toast.info(t("started", { name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name })} className="text-left">
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <Callout tone="warn" title={t("lost")}>
          {t("lostBody")} <LocalTime at={backup.createdAt} />
        </Callout>
        <p className="text-13">{t("disks", { disks })}</p>
        <p className="text-13 text-muted">{t("body")}</p>
        <TypedNameField
          label={t("type", { name })}
          hint={t("typeHint")}
          error={false}
          value={typed}
          onType={setTyped}
        />
        <QuotaPreview lines={lines} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="danger"
            busy={busy}
            disabledReason={reason}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
