"use client";

import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { clonesProblem } from "@/lib/model/template";
import type { VmDetail } from "@/lib/model/vm";
import type { VmState } from "@/lib/model/vm-state";
import type { DeleteAction, ProjectRef } from "./types";

const DeleteDialog = dynamic(
  () => import("./delete-dialog").then((module) => module.DeleteDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

const busyStates: readonly VmState[] = ["creating", "deleting"];

interface DeleteVmProps {
  vm: VmDetail;
  project: ProjectRef;
  forbidden: string | null;
  remove: DeleteAction;
}

export function DeleteVm({ vm, project, forbidden, remove }: DeleteVmProps) {
  const t = useTranslations("vm");
  const [open, setOpen] = useState(false);
  const busy = busyStates.find((state) => state === vm.state);
  const errorText = useErrorText();
  const locked = vm.locked ? t("delete.locked") : null;
  const clones = clonesProblem(vm.links.clones);
  const held = locked ?? (clones && errorText(clones));
  return (
    <>
      <ReasonButton
        size="sm"
        icon={<Trash2 aria-hidden="true" />}
        variant="dangerQuiet"
        disabledReason={forbidden ?? (busy ? t(`power.why.${busy}`) : held)}
        onClick={() => setOpen(true)}
      >
        {t("delete.open")}
      </ReasonButton>
      {open && (
        <DeleteDialog vm={vm} project={project} remove={remove} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
