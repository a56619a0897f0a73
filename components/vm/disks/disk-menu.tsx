"use client";

import { MoreVertical, Scaling } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useErrorText } from "@/components/ui/use-error-text";
import { holderProblem } from "@/lib/model/disk-plan";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail, VmDiskView } from "@/lib/model/vm";
import { holderOf } from "./holder-of";
import type { DiskActions } from "./types";

const GrowDialog = dynamic(
  () => import("./grow-dialog").then((module) => module.GrowDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

export interface DiskMenuProps {
  vm: VmDetail;
  disk: VmDiskView;
  quota: Quota;
  /** Why the person may not change disks; null when he may. */
  forbidden: string | null;
  actions: DiskActions;
}

/** What can be done to one disk; what cannot says why. */
export function DiskMenu({ vm, disk, quota, forbidden, actions }: DiskMenuProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const [open, setOpen] = useState<"grow" | null>(null);
  const problem = holderProblem(holderOf(vm));
  const reason =
    forbidden ?? (disk.diskId === null ? t("notOurs") : null) ?? (problem && errorText(problem));
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        variant="ghost"
        size="icon"
        label={t("actionsOf", { target: disk.target })}
        trigger={<MoreVertical aria-hidden="true" />}
      >
        <MenuItem
          icon={<Scaling aria-hidden="true" />}
          disabledReason={reason}
          onSelect={() => setOpen("grow")}
        >
          {t("grow")}
        </MenuItem>
      </Menu>
      {open === "grow" && (
        <GrowDialog vm={vm} disk={disk} quota={quota} grow={actions.grow} onClose={close} />
      )}
    </>
  );
}
