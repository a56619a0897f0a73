"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { formatBytes } from "@/components/ui/format";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { type DiskFormat, diskFormats, type VmDetail } from "@/lib/model/vm";
import type { RewriteKind } from "@/lib/model/volume/convert-plan";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { rewriteCommands } from "@/lib/model/volume/file-commands";
import type { CompactAction, ConvertAction } from "./types";

interface RewriteDialogProps {
  kind: RewriteKind;
  vm: VmDetail;
  view: DiskFileView;
  quota: Quota;
  convert: ConvertAction;
  compact: CompactAction;
  onClose: () => void;
}

/** What writing the file anew will do, before it does. */
export function RewriteDialog(props: RewriteDialogProps) {
  const { kind, vm, view, quota, convert, compact, onClose } = props;
  const t = useTranslations("volume");
  const locale = useLocale();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const converts = kind === "disk.convert";
  const otherFormat: DiskFormat = view.format === "raw" ? "qcow2" : "raw";
  const [asked, setAsked] = useState<DiskFormat>(otherFormat);
  const [copy, setCopy] = useState(false);
  const [keepOld, setKeepOld] = useState(false);
  const format = !converts ? "qcow2" : copy ? asked : otherFormat;
  const { vmId, target, pool, volume, capacityBytes } = view;
  const lines = judgeQuota(quota, { diskGib: capacityBytes / BYTES_PER_GIB });
  const blocked = overReason(lines);
  const verb = converts ? "convert" : "compact";

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    const ask = () =>
      converts
        ? convert({ vmId, target, format, copy, keepOld })
        : compact({ vmId, target, keepOld });
    if (!(await submit(ask))) return;
    toast.info(t("rewriteStarted", { target }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t(`title.${verb}`, { target })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        {converts && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 font-medium text-13">{t("what")}</legend>
            <RadioCard
              name="what"
              checked={!copy}
              onChange={() => setCopy(false)}
              label={t("replace", { format: otherFormat })}
              hint={t("replaceHint")}
            />
            <RadioCard
              name="what"
              checked={copy}
              onChange={() => setCopy(true)}
              label={t("copy")}
              hint={t("copyHint")}
            />
          </fieldset>
        )}
        {converts && copy && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 font-medium text-13">{t("format")}</legend>
            {diskFormats.map((each) => (
              <RadioCard
                key={each}
                name="format"
                checked={asked === each}
                onChange={() => setAsked(each)}
                label={each}
                hint={t(`formatHint.${each}`)}
              />
            ))}
          </fieldset>
        )}
        {!copy && (
          <Checkbox
            label={t("keepOld")}
            hint={t("keepOldHint")}
            checked={keepOld}
            onChange={(event) => setKeepOld(event.target.checked)}
          />
        )}
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {t("rewritePlan", { size: formatBytes(view.allocationBytes, locale) })} {t("cancelPlan")}
        </p>
        <QuotaPreview lines={lines} />
        <VirshLine
          commands={rewriteCommands({
            pool,
            volume,
            format: view.format ?? "",
            to: format,
            capacityBytes,
            domainName: copy ? null : vm.domainName,
          })}
        />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t(`confirm.${verb}`)}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
