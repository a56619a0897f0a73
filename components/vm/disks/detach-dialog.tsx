"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { TypedNameField } from "@/components/ui/typed-name-field";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { planDetachDisk } from "@/lib/model/detach-plan";
import { detachDiskCommands } from "@/lib/model/disk-commands";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { XmlDifference } from "../preview/xml-difference";
import { holderOf } from "./holder-of";
import type { DetachDiskAction } from "./types";

interface DetachDialogProps {
  vm: VmDetail;
  disk: VmDiskView;
  /** Why the person may not delete disks, or these; null when he may. */
  noRemoval: string | null;
  detach: DetachDiskAction;
  onClose: () => void;
}

/** Says what the guest has to do, what becomes of the disk, and wants a name typed for its end. */
export function DetachDialog({ vm, disk, noRemoval, detach, onClose }: DetachDialogProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const { busy, failure, submit } = useSubmit();
  const [remove, setRemove] = useState(false);
  const [typed, setTyped] = useState("");
  const [mismatch, setMismatch] = useState(false);
  const { target } = disk;
  const name = `${vm.name}/${target}`;
  const plan = planDetachDisk(holderOf(vm), disk, vm.disks);
  const problem = plan.problem && errorText(plan.problem);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (problem !== null) return;
    if (remove && typed.trim().normalize("NFC") !== name) {
      setMismatch(true);
      return;
    }
    const asked = { vmId: vm.id, target, remove, confirmName: typed };
    if (!(await submit(() => detach(asked)))) return;
    toast.info(t("detachStarted", { target }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("detachTitle", { target })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        {problem !== null && <Callout tone="bad">{problem}</Callout>}
        {plan.lastBoot && <Callout tone="warn">{t("detachLastBoot")}</Callout>}
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {t(plan.live ? "detachLive" : "detachOff")}
        </p>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium text-13">{t("detachThen")}</legend>
          <RadioCard
            name="then"
            checked={!remove}
            onChange={() => setRemove(false)}
            label={t("detachKeep")}
            hint={t("detachKeepHint")}
          />
          <RadioCard
            name="then"
            checked={remove}
            disabled={noRemoval !== null}
            onChange={() => setRemove(true)}
            label={t("detachRemove")}
            hint={noRemoval ?? t("detachRemoveHint")}
          />
        </fieldset>
        {remove && (
          <TypedNameField
            label={t("detachType")}
            hint={t("detachTypeHint", { name })}
            error={mismatch && t("detachMismatch")}
            value={typed}
            onType={(value) => {
              setTyped(value);
              setMismatch(false);
            }}
          />
        )}
        <VirshLine commands={detachDiskCommands(vm.domainName, plan, { ...disk, remove })} />
        <XmlDifference change={{ verb: "detachDisk", input: { target } }} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant={remove ? "danger" : "primary"}
            busy={busy}
            disabledReason={problem}
            align="end"
          >
            {t(remove ? "detachRemoveConfirm" : "detachConfirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
