"use client";

import {
  CirclePause,
  CirclePlay,
  CirclePower,
  Play,
  Power,
  PowerOff,
  RotateCcw,
  RotateCw,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { VmView } from "@/lib/model/vm";
import { canDo, type PowerVerb } from "@/lib/model/vm-state";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

const groups: PowerVerb[][] = [
  ["start", "resume"],
  ["shutdown", "reboot", "suspend"],
  ["reset", "force_off"],
];

const icons = {
  start: Play,
  resume: CirclePlay,
  shutdown: CirclePower,
  reboot: RotateCw,
  suspend: CirclePause,
  reset: RotateCcw,
  force_off: PowerOff,
} as const;

type HardVerb = "reset" | "force_off";
const isHard = (verb: PowerVerb): verb is HardVerb => verb === "reset" || verb === "force_off";

interface PowerMenuProps {
  vm: VmView;
  /** Why none of it is allowed, for example by the person's role. */
  forbidden: string | null;
  run: (vm: VmView, verb: PowerVerb) => void;
  /** An icon in tables, a labelled button in the VM's header. */
  compact?: boolean;
}

/** All power verbs in one place; those that make no sense now say why. */
export function PowerMenu({ vm, forbidden, run, compact = false }: PowerMenuProps) {
  const t = useTranslations("vm.power");
  const [asking, setAsking] = useState<HardVerb | null>(null);

  function reasonAgainst(verb: PowerVerb): string | null {
    if (forbidden) return forbidden;
    if (!canDo(verb, vm.state)) return t(`why.${vm.state}`);
    return vm.verbs.includes(verb) ? null : t("why.lease");
  }

  return (
    <>
      <Menu
        variant={compact ? "ghost" : "secondary"}
        size={compact ? "icon" : "sm"}
        label={compact ? t("menu", { name: vm.name }) : undefined}
        trigger={
          <>
            <Power aria-hidden="true" />
            {!compact && t("label")}
          </>
        }
      >
        {groups.map((group, index) => (
          <div key={group[0]} role="none">
            {index > 0 && <MenuSeparator />}
            {group.map((verb) => {
              const Icon = icons[verb];
              const reason = reasonAgainst(verb);
              return (
                <MenuItem
                  key={verb}
                  icon={<Icon aria-hidden="true" />}
                  danger={isHard(verb)}
                  hint={verb === "shutdown" || isHard(verb) ? t(`${verb}Hint`) : undefined}
                  disabledReason={reason}
                  onSelect={() => (isHard(verb) ? setAsking(verb) : run(vm, verb))}
                >
                  {t(verb)}
                </MenuItem>
              );
            })}
          </div>
        ))}
      </Menu>
      {asking && (
        <ConfirmDialog
          danger
          title={t(`confirm.${asking}.title`, { name: vm.name })}
          body={t(`confirm.${asking}.body`)}
          confirm={t(asking)}
          onClose={() => setAsking(null)}
          onConfirm={() => {
            setAsking(null);
            run(vm, asking);
          }}
        />
      )}
    </>
  );
}
