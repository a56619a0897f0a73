"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import type { BackupView } from "@/lib/model/backup";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { vmLimits, vmNameSchema } from "@/lib/model/vm";
import type { BackupActions } from "./types";

interface RestoreDialogProps {
  backup: BackupView;
  slug: string;
  quota: Quota;
  restore: BackupActions["restore"];
  onClose: () => void;
}

/** A new VM of a backup: its name, and whether it starts. */
export function RestoreDialog({ backup, slug, quota, restore, onClose }: RestoreDialogProps) {
  const t = useTranslations("backup.restore");
  const errorText = useErrorText();
  const overReason = useOverReason();
  const router = useRouter();
  const { busy, failure, submit } = useSubmit();
  const suggested = t("suggested", { name: backup.vmName }).slice(0, vmLimits.nameLength);
  const [name, setName] = useState(suggested);
  const [start, setStart] = useState(false);
  const wholeBytes = backup.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0);
  const lines = judgeQuota(quota, { vms: 1, diskGib: wholeBytes / BYTES_PER_GIB });
  const parsed = vmNameSchema.safeParse(name);
  const badName = parsed.success ? null : errorText({ key: parsed.error.issues[0]?.message ?? "" });

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (badName !== null || overReason(lines) !== null) return;
    let vmId = "";
    const call = async () => {
      const result = await restore({ backupId: backup.id, name, start });
      if (result.ok) vmId = result.value.vmId;
      return result;
    };
    if (!(await submit(call))) return;
    toast.info(t("started", { name }));
    router.push(`/p/${slug}/vms/${vmId}`);
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name: backup.vmName })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <p className="text-muted">{t("body")}</p>
        <Field label={t("name")} error={badName}>
          {(control) => (
            <Input
              {...control}
              data-autofocus
              autoComplete="off"
              maxLength={vmLimits.nameLength}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Checkbox
          label={t("start")}
          hint={t("startHint")}
          checked={start}
          onChange={(event) => setStart(event.target.checked)}
        />
        <QuotaPreview lines={lines} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={badName ?? overReason(lines)}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
