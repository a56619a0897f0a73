"use client";

import { Gauge, MoreVertical, Scaling, SlidersHorizontal, Unplug } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useErrorText } from "@/components/ui/use-error-text";
import { planDetachDisk } from "@/lib/model/detach-plan";
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

const DetachDialog = dynamic(
  () => import("./detach-dialog").then((module) => module.DetachDialog),
  { ssr: false },
);

const LimitDialog = dynamic(() => import("./limit-dialog").then((module) => module.LimitDialog), {
  ssr: false,
});

const SettingsDialog = dynamic(
  () => import("./settings-dialog").then((module) => module.SettingsDialog),
  { ssr: false },
);

export interface DiskMenuProps {
  vm: VmDetail;
  disk: VmDiskView;
  quota: Quota;
  /** Why the person may not change disks; null when he may. */
  forbidden: string | null;
  /** Why he may not set limits; null when he may. */
  noLimits: string | null;
  actions: DiskActions;
}

/** What can be done to one disk; what cannot says why. */
export function DiskMenu({ vm, disk, quota, forbidden, noLimits, actions }: DiskMenuProps) {
  const t = useTranslations("vm.hardware");
  const settings = useTranslations("vm.diskSettings");
  const errorText = useErrorText();
  const [open, setOpen] = useState<"grow" | "detach" | "limit" | "settings" | null>(null);
  const problem = holderProblem(holderOf(vm));
  // Snapshots bring back the settings of their time and are no hindrance.
  const unsettable = holderProblem({ ...holderOf(vm), hasSnapshots: false });
  const unowned = disk.diskId === null ? t("notOurs") : null;
  const reason = forbidden ?? unowned ?? (problem && errorText(problem));
  const unplugged = planDetachDisk(holderOf(vm), disk, vm.disks);
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
        <MenuItem
          icon={<SlidersHorizontal aria-hidden="true" />}
          disabledReason={forbidden ?? unowned ?? (unsettable && errorText(unsettable))}
          onSelect={() => setOpen("settings")}
        >
          {settings("menu")}
        </MenuItem>
        <MenuItem
          icon={<Unplug aria-hidden="true" />}
          disabledReason={reason ?? (unplugged.problem && errorText(unplugged.problem))}
          onSelect={() => setOpen("detach")}
        >
          {t("detach")}
        </MenuItem>
        <MenuItem
          icon={<Gauge aria-hidden="true" />}
          disabledReason={noLimits ?? unowned}
          onSelect={() => setOpen("limit")}
        >
          {t("limitDisk")}
        </MenuItem>
      </Menu>
      {open === "grow" && (
        <GrowDialog vm={vm} disk={disk} quota={quota} grow={actions.grow} onClose={close} />
      )}
      {open === "settings" && (
        <SettingsDialog
          vm={vm}
          disk={disk}
          plan={actions.planSettings}
          set={actions.setSettings}
          onClose={close}
        />
      )}
      {open === "limit" && (
        <LimitDialog vm={vm} disk={disk} setLimits={actions.setLimits} onClose={close} />
      )}
      {open === "detach" && (
        <DetachDialog
          vm={vm}
          disk={disk}
          noRemoval={vm.locked ? t("detachLocked") : null}
          detach={actions.detach}
          onClose={close}
        />
      )}
    </>
  );
}
