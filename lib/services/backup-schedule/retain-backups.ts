import { surplusBackups } from "@/lib/model/backup-retention";
import { isAppError } from "@/lib/model/errors";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { writeAudit } from "../audit";
import { publish } from "../live/bus";
import { backupEntry } from "../vm-backup/audit-entry";
import { enqueueBackupDeletion } from "../vm-backup/enqueue-backup-deletion";
import { type BackupRow, withDisks } from "../vm-backup/find-backup";
import { auditOfSchedule, type ScheduleDeps, scheduleActor } from "./schedule-deps";

/** A deletion that has failed is not repeated every minute. */
const againMs = 3_600_000;

/**
 * Deletes the backups that schedules made and no longer keep (see `surplusBackups`), where their
 * hosts answer. One that is in use is left to the next call.
 */
export async function retainBackups(deps: ScheduleDeps): Promise<void> {
  const { db, hosts, log, clock } = deps;
  const schedules = await db.backupSchedule.findMany({
    where: { OR: [{ keepLast: { not: null } }, { keepDays: { not: null } }] },
  });
  for (const { vmId, keepLast, keepDays } of schedules) {
    const backups = await db.backup.findMany({ where: { vmId }, include: withDisks });
    for (const id of surplusBackups(backups, { keepLast, keepDays }, clock())) {
      const row = backups.find((each) => each.id === id);
      if (row === undefined || hosts.get(row.hostId)?.connection !== "connected") continue;
      try {
        await remove(deps, row);
      } catch (error) {
        if (isAppError(error, "vm.bad_state")) continue;
        log.error({ err: error, backupId: id }, "a backup that had its time was not deleted");
      }
    }
  }
}

async function remove(deps: ScheduleDeps, row: BackupRow): Promise<void> {
  const now = deps.clock();
  const taskId = await deps.db.$transaction(
    async (tx) => {
      const since = new Date(now.getTime() - againMs);
      const lately = { targetId: row.id, kind: "backup.delete", createdAt: { gt: since } };
      if ((await tx.task.count({ where: lately })) > 0) return null;
      await writeAudit(
        { ...auditOfSchedule(deps), db: tx },
        { ...backupEntry("backup.delete", row, { scheduled: "true" }), outcome: "ok" },
      );
      return enqueueBackupDeletion(tx, row, { actor: scheduleActor, now });
    },
    { isolationLevel: "Serializable" },
  );
  if (taskId === null) return;
  publish({ type: "backup", projectId: row.projectId });
  announceTask(taskId, row.projectId);
}
