import type { Task, TaskStep } from "@/lib/db/generated/client";
import {
  endedTaskStates,
  type TaskKind,
  type TaskState,
  type TaskStepView,
  type TaskView,
} from "@/lib/model/task";
import { isCancellable } from "@/lib/tasks/definitions/cancellable";
import { diskRewrites } from "@/lib/tasks/definitions/disk-rewrite";

/** What is needed with a task row to show it. */
export const taskInclude = { steps: { orderBy: { position: "asc" } } } as const;

/** A row as it is shown. Rows are only written by `enqueueTask` and the runner. */
export function toTaskView(row: Task & { steps: TaskStep[] }): TaskView {
  const kind = row.kind as TaskKind;
  const state = row.state as TaskState;
  return {
    id: row.id,
    projectId: row.projectId,
    kind,
    state,
    progressPercent: row.progressPercent,
    error: row.error === null ? null : (JSON.parse(row.error) as TaskView["error"]),
    steps: row.steps.map((step) => ({
      name: step.name,
      state: step.state as TaskStepView["state"],
    })),
    fileSizes: state === "done" ? fileSizesOf(kind, row.input) : null,
    targetId: row.targetId,
    targetName: row.targetName,
    actorName: row.actorName,
    cancellable:
      isCancellable(kind) &&
      !endedTaskStates.includes(state) &&
      !row.cancelRequested &&
      row.error === null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function fileSizesOf(kind: TaskKind, input: string): TaskView["fileSizes"] {
  if (kind !== "disk.convert" && kind !== "disk.compact") return null;
  const { before, afterBytes } = diskRewrites[kind].input.parse(JSON.parse(input));
  if (before === null || afterBytes === null) return null;
  return { beforeBytes: before.allocationBytes, afterBytes };
}
