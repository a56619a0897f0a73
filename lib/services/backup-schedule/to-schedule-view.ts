import type { BackupSchedule, Task } from "@/lib/db/generated/client";
import {
  isLate,
  type Schedule,
  type ScheduleView,
  scheduleSchema,
} from "@/lib/model/backup-schedule";
import { endedTaskStates, type TaskState } from "@/lib/model/task";

/** The row's own part that people set. */
export function scheduleOf(row: BackupSchedule): Schedule {
  return scheduleSchema.parse(row);
}

/** A row as it is shown; `task` is that of its last run, when it is still known. */
export function toScheduleView(
  row: BackupSchedule,
  task: Pick<Task, "state" | "error"> | null,
): ScheduleView {
  const { vmId, nextAt, retryUntil, lastDueAt, lastRunAt, lastTaskId, lastError, missed } = row;
  const why = lastError === null ? null : (JSON.parse(lastError) as { key: string });
  const last =
    lastDueAt === null || lastRunAt === null
      ? null
      : {
          dueAt: lastDueAt.toISOString(),
          at: lastRunAt.toISOString(),
          taskId: lastTaskId,
          ...outcomeOf(lastTaskId === null ? { state: "failed", error: lastError } : task),
          late: isLate(lastDueAt, lastRunAt),
          missed,
        };
  return {
    ...scheduleOf(row),
    vmId,
    nextAt: nextAt.toISOString(),
    waiting:
      retryUntil === null || why === null ? null : { ...why, until: retryUntil.toISOString() },
    last,
  };
}

type Last = NonNullable<ScheduleView["last"]>;

/** A task that is not known any more has ended long ago; what it left is in the list. */
function outcomeOf(task: Pick<Task, "state" | "error"> | null): Pick<Last, "outcome" | "error"> {
  if (task === null || task.state === "done") return { outcome: "done", error: null };
  if (!endedTaskStates.includes(task.state as TaskState))
    return { outcome: "running", error: null };
  const error = task.error === null ? { key: "backup.cancelled" } : JSON.parse(task.error);
  return { outcome: "failed", error };
}
