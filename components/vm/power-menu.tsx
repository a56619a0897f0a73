"use client";

import {
  Archive,
  ArchiveX,
  CirclePause,
  CirclePlay,
  CirclePower,
  Copy,
  Disc3,
  Play,
  Power,
  PowerOff,
  RotateCcw,
  RotateCw,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatKib } from "@/components/ui/format";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { VmView } from "@/lib/model/vm";
import { canDo, canSave, isOff, type PowerVerb } from "@/lib/model/vm-state";
import type { CloneTools } from "./clone/types";
import type { BootOnceTools } from "./types";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

const CloneDialog = dynamic(
  () => import("./clone/clone-dialog").then((module) => module.CloneDialog),
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

type SavedVerb = "save" | "discard";
const isSaved = (verb: string): verb is SavedVerb => verb === "save" || verb === "discard";

const BootOnceDialog = dynamic(
  () => import("./boot-once-dialog").then((module) => module.BootOnceDialog),
  { ssr: false },
);

interface PowerMenuProps {
  vm: VmView;
  /** Why none of it is allowed, for example by the person's role. */
  forbidden: string | null;
  run: (vm: VmView, verb: PowerVerb) => void;
  /** An icon in tables, a labelled button in the VM's header. */
  compact?: boolean;
  /** Absent in tables: saving is offered on a VM's own pages. */
  savedState?: { save: (vm: VmView) => void; discard: (vm: VmView) => void };
  /** Absent beside a console: it leads away from the page. */
  clone?: CloneTools;
  /** Absent in tables, as saving is. */
  bootOnce?: BootOnceTools;
}

/** All power verbs in one place, and cloning; those that make no sense now say why. */
export function PowerMenu(props: PowerMenuProps) {
  const { vm, forbidden, run, compact = false, savedState, clone, bootOnce } = props;
  const t = useTranslations("vm.power");
  const locale = useLocale();
  const [asking, setAsking] = useState<HardVerb | SavedVerb | null>(null);
  const [cloning, setCloning] = useState(false);
  const [choosing, setChoosing] = useState(false);

  function reasonAgainst(verb: PowerVerb): string | null {
    if (forbidden) return forbidden;
    if (!canDo(verb, vm.state)) return t(`why.${vm.state}`);
    if (vm.verbs.includes(verb)) return null;
    return vm.template ? t("why.template") : t("why.lease");
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
            {index === 0 && bootOnce && (
              <MenuItem
                icon={<Disc3 aria-hidden="true" />}
                disabledReason={
                  reasonAgainst("start") ??
                  bootOnce.forbidden ??
                  (isOff(vm.state) ? null : t(`why.${vm.state}`))
                }
                onSelect={() => setChoosing(true)}
              >
                {t("bootOnce.menu")}
              </MenuItem>
            )}
          </div>
        ))}
        {savedState && (
          <div role="none">
            <MenuSeparator />
            <MenuItem
              icon={<Archive aria-hidden="true" />}
              hint={t("saveHint")}
              disabledReason={forbidden ?? (canSave(vm.state) ? null : t(`why.${vm.state}`))}
              onSelect={() => setAsking("save")}
            >
              {t("save")}
            </MenuItem>
            <MenuItem
              icon={<ArchiveX aria-hidden="true" />}
              danger
              disabledReason={forbidden ?? (vm.state === "saved" ? null : t("why.notSaved"))}
              onSelect={() => setAsking("discard")}
            >
              {t("discard")}
            </MenuItem>
          </div>
        )}
        {clone && (
          <div role="none">
            <MenuSeparator />
            <MenuItem
              icon={<Copy aria-hidden="true" />}
              disabledReason={clone.forbidden ?? (isOff(vm.state) ? null : t("why.notOff"))}
              onSelect={() => setCloning(true)}
            >
              {t("clone")}
            </MenuItem>
          </div>
        )}
      </Menu>
      {bootOnce && choosing && (
        <BootOnceDialog vm={vm} tools={bootOnce} onClose={() => setChoosing(false)} />
      )}
      {clone && cloning && <CloneDialog vm={vm} tools={clone} onClose={() => setCloning(false)} />}
      {asking && isSaved(asking) && (
        <ConfirmDialog
          danger={asking === "discard"}
          title={t(`confirm.${asking}.title`, { name: vm.name })}
          body={t(`confirm.${asking}.body`, { memory: formatKib(vm.live.memoryKib, locale) })}
          confirm={t(`confirm.${asking}.do`)}
          onClose={() => setAsking(null)}
          onConfirm={() => {
            setAsking(null);
            savedState?.[asking](vm);
          }}
        />
      )}
      {asking && !isSaved(asking) && (
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
