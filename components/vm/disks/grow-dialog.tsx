"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { formatBytes } from "@/components/ui/format";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { growDiskCommands } from "@/lib/model/disk-commands";
import { planGrowDisk } from "@/lib/model/grow-plan";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { wholeNumber } from "../create/form-state";
import { holderOf } from "./holder-of";
import { SizeField } from "./size-field";
import type { GrowDiskAction } from "./types";

interface GrowDialogProps {
  vm: VmDetail;
  disk: VmDiskView;
  quota: Quota;
  grow: GrowDiskAction;
  onClose: () => void;
}

/** Says from which size to which, what it counts, and when the guest sees it. */
export function GrowDialog({ vm, disk, quota, grow, onClose }: GrowDialogProps) {
  const t = useTranslations("vm.hardware");
  const locale = useLocale();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const { target } = disk;
  const fromBytes = disk.capacityBytes ?? 0;
  const [size, setSize] = useState(String(Math.ceil(fromBytes / BYTES_PER_GIB) + 10));
  const sizeGib = wholeNumber(size) ?? Number.NaN;
  const inRange = sizeGib >= vmLimits.diskGib.min && sizeGib <= vmLimits.diskGib.max;
  const plan = planGrowDisk(holderOf(vm), fromBytes, inRange ? sizeGib : 0);
  const problem = inRange ? plan.problem : { key: "field.disk.range" };
  const more = (plan.toBytes - fromBytes) / BYTES_PER_GIB;
  const lines = problem === null ? judgeQuota(quota, { diskGib: more }) : [];
  const wrong = problem && errorText(problem);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (wrong !== null || overReason(lines) !== null) return;
    if (!(await submit(() => grow({ vmId: vm.id, target, sizeGib })))) return;
    toast.info(t("growStarted", { target }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("growTitle", { target })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <SizeField label={t("growSize")} error={wrong} value={size} onChange={setSize} />
        {problem === null && (
          <>
            <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
              {t(plan.live ? "growLive" : "growOff", {
                from: formatBytes(fromBytes, locale),
                to: formatBytes(plan.toBytes, locale),
              })}
            </p>
            <QuotaPreview lines={lines} />
            <VirshLine
              commands={growDiskCommands(vm.domainName, plan, {
                target,
                pool: disk.pool ?? "",
                volume: disk.volume ?? "",
              })}
            />
          </>
        )}
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={wrong ?? overReason(lines)}
            align="end"
          >
            {t("growConfirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
