"use client";

import type { FormEvent, ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { ReasonButton } from "@/components/ui/reason-button";
import { VirshLine } from "@/components/ui/virsh-line";
import type { VmChange } from "@/lib/model/vm-change";
import { XmlDifference } from "./preview/xml-difference";
import type { useHardwareCall } from "./use-hardware-call";

interface HardwareDialogProps {
  title: string;
  /** Fields. */
  children: ReactNode;
  /** What will happen. */
  note: string;
  commands: readonly string[];
  /** What is sent when it is confirmed. */
  change: VmChange;
  confirm: string;
  /** Why it cannot be done as it stands; null when it can. */
  blocked: string | null;
  call: Pick<ReturnType<typeof useHardwareCall>, "busy" | "failure">;
  onConfirm: () => void;
  onClose: () => void;
}

/** A form about one device: what it will do, and by which commands, before it is done. */
export function HardwareDialog(props: HardwareDialogProps) {
  const { title, children, note, commands, change, confirm, blocked, call, onConfirm, onClose } =
    props;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked === null) onConfirm();
  }

  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        {children}
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {note}
        </p>
        <VirshLine commands={commands} />
        <XmlDifference change={blocked === null ? change : null} />
        <DialogEnd failure={call.failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={call.busy}
            disabledReason={blocked}
            align="end"
          >
            {confirm}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
