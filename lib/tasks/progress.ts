import type { Db } from "@/lib/db/client";
import type { Logger } from "@/lib/log";
import { publish } from "@/lib/services/live/bus";

const everyMs = 500;

/** Writes a task's progress while its lease is held, at most twice a second. */
export function progressWriter(
  { db, log }: { db: Db; log: Logger },
  task: { id: string; projectId: string | null },
  owner: string,
): (percent: number) => void {
  let last = 0;
  return (percent) => {
    const now = Date.now();
    if (now - last < everyMs) return;
    last = now;
    const progressPercent = Math.max(0, Math.min(100, Math.floor(percent)));
    db.task
      .updateMany({ where: { id: task.id, leaseOwner: owner }, data: { progressPercent } })
      .then(() => publish({ type: "task", taskId: task.id, projectId: task.projectId }))
      .catch((error: unknown) => log.warn({ err: error }, "progress not written"));
  };
}
