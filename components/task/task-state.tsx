"use client";

import { useTranslations } from "next-intl";
import { type DotShape, type DotTone, StateDot } from "@/components/ui/state-dot";
import type { TaskState, TaskStepView } from "@/lib/model/task";

const looks: Record<TaskState, [DotShape, DotTone]> = {
  queued: ["ring", "muted"],
  running: ["half", "accent"],
  done: ["check", "ok"],
  failed: ["triangle", "bad"],
  unknown: ["diamond", "warn"],
  cancelled: ["ring", "muted"],
};

export function TaskStateLabel({ state }: { state: TaskState }) {
  const t = useTranslations("task.state");
  const [shape, tone] = looks[state];
  return (
    <StateDot shape={shape} tone={tone}>
      {t(state)}
    </StateDot>
  );
}

const stepLooks: Record<TaskStepView["state"], [DotShape, DotTone]> = {
  pending: ["ring", "muted"],
  running: ["half", "accent"],
  done: ["check", "ok"],
  failed: ["triangle", "bad"],
  undone: ["ring", "warn"],
};

/** A step by shape, colour and name; its state's word is there for screen readers. */
export function StepLabel({ name, state }: { name: string; state: TaskStepView["state"] }) {
  const t = useTranslations("common.tasks.step");
  const [shape, tone] = stepLooks[state];
  return (
    <StateDot shape={shape} tone={tone}>
      {name}
      <span className="sr-only">: {t(state)}</span>
    </StateDot>
  );
}
