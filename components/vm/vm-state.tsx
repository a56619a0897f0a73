"use client";

import { useTranslations } from "next-intl";
import { type DotShape, type DotTone, StateDot } from "@/components/ui/state-dot";
import type { VmState } from "@/lib/model/vm-state";

const looks: Record<VmState, [DotShape, DotTone]> = {
  creating: ["half", "accent"],
  running: ["disc", "ok"],
  paused: ["bars", "warn"],
  paused_io_error: ["triangle", "bad"],
  shutting_down: ["half", "warn"],
  off: ["ring", "muted"],
  crashed: ["triangle", "bad"],
  saved: ["bars", "accent"],
  suspended: ["bars", "muted"],
  deleting: ["half", "bad"],
  missing: ["diamond", "bad"],
  unknown: ["diamond", "muted"],
};

/** A VM's state by shape, colour and word. */
export function VmStateLabel({ state, className }: { state: VmState; className?: string }) {
  const t = useTranslations("vm.state");
  const [shape, tone] = looks[state];
  return (
    <StateDot shape={shape} tone={tone} className={className}>
      {t(state)}
    </StateDot>
  );
}
