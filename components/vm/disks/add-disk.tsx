"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { addDiskCommands } from "@/lib/model/disk-commands";
import { planAddDisk } from "@/lib/model/disk-plan";
import { chooseVolumeSuffix } from "@/lib/model/disk-volume";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import type { DiskFormat, VmDetail } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { wholeNumber } from "../create/form-state";
import { XmlDifference } from "../preview/xml-difference";
import { holderOf } from "./holder-of";
import { SizeField } from "./size-field";
import type { AddDiskAction } from "./types";

interface AddDiskProps {
  vm: VmDetail;
  quota: Quota;
  /** Name of the pool for disks; null without one. */
  pool: string | null;
  forbidden: string | null;
  add: AddDiskAction;
}

/** The button, and behind it what will happen before it does; by the plan that the server follows. */
export function AddDisk({ vm, quota, pool, forbidden, add }: AddDiskProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const { problem } = planAddDisk(holderOf(vm));
  return (
    <>
      <ReasonButton
        size="sm"
        icon={<Plus aria-hidden="true" />}
        disabledReason={forbidden ?? (problem && errorText(problem))}
        align="end"
        onClick={() => setOpen(true)}
      >
        {t("add")}
      </ReasonButton>
      {open && (
        <AddDiskDialog vm={vm} quota={quota} pool={pool} add={add} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

type DialogProps = Omit<AddDiskProps, "forbidden"> & { onClose: () => void };

function AddDiskDialog({ vm, quota, pool, add, onClose }: DialogProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const [size, setSize] = useState("10");
  // The name of its volume stands below before it is made.
  const [suffix] = useState(chooseVolumeSuffix);
  const [format, setFormat] = useState<DiskFormat>("qcow2");
  const plan = planAddDisk(holderOf(vm));
  const sizeGib = wholeNumber(size) ?? Number.NaN;
  const { min, max } = vmLimits.diskGib;
  const inRange = sizeGib >= min && sizeGib <= max;
  const lines = inRange ? judgeQuota(quota, { diskGib: sizeGib }) : [];
  const badSize = inRange ? null : errorText({ key: "field.disk.range" });
  const blocked = (plan.problem && errorText(plan.problem)) ?? badSize ?? overReason(lines);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (!(await submit(() => add({ vmId: vm.id, sizeGib, format, suffix })))) return;
    toast.info(t("addStarted", { target: plan.target }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("addTitle")}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <SizeField label={t("addSize")} error={badSize} value={size} onChange={setSize} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-13">{t("addFormat")}</legend>
          <RadioCard
            name="format"
            checked={format === "qcow2"}
            onChange={() => setFormat("qcow2")}
            label="qcow2"
            hint={t("addQcow2")}
          />
          <RadioCard
            name="format"
            checked={format === "raw"}
            onChange={() => setFormat("raw")}
            label="raw"
            hint={t("addRaw")}
          />
        </fieldset>
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {plan.problem
            ? errorText(plan.problem)
            : t(plan.live ? "addLive" : "addOff", { target: plan.target })}
        </p>
        <QuotaPreview lines={lines} />
        {pool !== null && inRange && (
          <VirshLine
            commands={addDiskCommands(vm.domainName, plan, { suffix, pool, format, sizeGib })}
          />
        )}
        {blocked === null && (
          <XmlDifference change={{ verb: "addDisk", input: { sizeGib, format, suffix } }} />
        )}
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t("addConfirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
