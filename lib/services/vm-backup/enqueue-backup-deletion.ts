import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { backupDelete } from "@/lib/tasks/definitions/backup-delete";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import type { BackupRow } from "./find-backup";

/**
 * Marks a backup as being deleted and enqueues that, in the caller's serialisable transaction.
 * Throws `vm.bad_state` while it is being made or deleted, a VM is being restored from it, or
 * another one builds on it.
 * Returns the task's id.
 */
export async function enqueueBackupDeletion(
  tx: Prisma.TransactionClient,
  row: BackupRow,
  by: { actor: { userId: string; name: string }; now: Date },
): Promise<string> {
  const { id: backupId, projectId, hostId, pool } = row;
  const others = await tx.backup.count({ where: { baseId: backupId } });
  if (others > 0) throw busy(backupId, "backup.is_needed", { count: others });
  const restoring = await tx.task.count({
    where: {
      projectId,
      kind: { in: ["backup.restore", "backup.restore_in_place"] },
      state: { notIn: [...endedTaskStates] },
      input: { contains: `"backupId":"${backupId}"` },
    },
  });
  if (restoring > 0) throw busy(backupId, "backup.is_restoring");
  const marked = await tx.backup.updateMany({
    where: { id: backupId, state: "ready" },
    data: { state: "deleting" },
  });
  if (marked.count === 0) throw busy(backupId, "backup.is_deleting");
  const files = [row.volume, ...[...row.disks, ...row.files].map((each) => each.volume)];
  return enqueueTask(tx, backupDelete, {
    input: { backupId, projectId, hostId, pool, files },
    projectId,
    hostId,
    targetId: backupId,
    targetName: row.vmName,
    ...by,
  });
}

function busy(backupId: string, key: string, values = {}): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `backup ${backupId} is busy: ${key}`,
    userMessage: { key, values },
  });
}
