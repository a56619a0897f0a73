"use client";

import { Paperclip } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import type { DiskView } from "@/lib/model/disk";
import { attachDiskCommands } from "@/lib/model/disk-commands";
import { planAddDisk } from "@/lib/model/disk-plan";
import type { VmDetail } from "@/lib/model/vm";
import { XmlDifference } from "../preview/xml-difference";
import { holderOf } from "./holder-of";
import type { AttachDiskAction } from "./types";

interface AttachDiskProps {
  vm: VmDetail;
  /** Disks of the project that no VM has. */
  kept: readonly DiskView[];
  pool: string | null;
  forbidden: string | null;
  attach: AttachDiskAction;
}

/** The button, and behind it the disks that can be given back to a VM. */
export function AttachDisk({ vm, kept, pool, forbidden, attach }: AttachDiskProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const { problem } = planAddDisk(holderOf(vm));
  const disks = kept.filter((disk) => disk.hostId === vm.hostId && disk.state === "ready");
  const none = disks.length === 0 ? t("attachNone") : null;
  return (
    <>
      <ReasonButton
        size="sm"
        icon={<Paperclip aria-hidden="true" />}
        disabledReason={forbidden ?? (problem && errorText(problem)) ?? none}
        align="end"
        onClick={() => setOpen(true)}
      >
        {t("attach")}
      </ReasonButton>
      {open && disks[0] && (
        <AttachDialog
          vm={vm}
          disks={disks}
          pool={pool}
          attach={attach}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface AttachDialogProps {
  vm: VmDetail;
  disks: readonly DiskView[];
  pool: string | null;
  attach: AttachDiskAction;
  onClose: () => void;
}

function AttachDialog({ vm, disks, pool, attach, onClose }: AttachDialogProps) {
  const t = useTranslations("vm.hardware");
  const locale = useLocale();
  const errorText = useErrorText();
  const { busy, failure, submit } = useSubmit();
  const [chosen, setChosen] = useState(disks[0]?.id);
  const disk = disks.find((each) => each.id === chosen) ?? disks[0];
  const plan = planAddDisk(holderOf(vm));
  const problem = plan.problem && errorText(plan.problem);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (problem !== null || disk === undefined) return;
    if (!(await submit(() => attach({ vmId: vm.id, diskId: disk.id })))) return;
    toast.info(t("attachStarted", { name: disk.name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("attachTitle")}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("attachWhich")}>
          {(control) => (
            <Select
              {...control}
              data-autofocus
              value={disk?.id}
              onChange={(event) => setChosen(event.target.value)}
            >
              {disks.map((each) => (
                <option key={each.id} value={each.id}>
                  {t("attachOption", {
                    name: each.name,
                    size: formatBytes(each.capacityBytes, locale),
                    volume: each.volume,
                  })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {problem ?? t(plan.live ? "attachLive" : "attachOff", { target: plan.target })}
        </p>
        {disk && pool !== null && (
          <VirshLine commands={attachDiskCommands(vm.domainName, plan, { ...disk, pool })} />
        )}
        {disk && problem === null && (
          <XmlDifference change={{ verb: "attachDisk", input: { diskId: disk.id } }} />
        )}
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={problem}
            align="end"
          >
            {t("attachConfirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
