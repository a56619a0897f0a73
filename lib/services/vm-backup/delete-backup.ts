import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { backupDelete } from "@/lib/tasks/definitions/backup-delete";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { backupEntry } from "./audit-entry";
import { assertReady, findBackup } from "./find-backup";

/**
 * Enqueues the deletion of a backup, for good. Throws `vm.bad_state` while it is being made or
 * deleted or a VM is being restored from it, and `host.unreachable` when its host is away.
 */
export async function deleteBackup(
  ctx: Context,
  input: { backupId: string; projectId?: string },
): Promise<{ taskId: string }> {
  const row = await findBackup(ctx, input, "backup.delete");
  const { id: backupId, projectId, hostId, pool } = row;
  const taskId = await audited(ctx, backupEntry("backup.delete", row), async () => {
    assertReady(row);
    requireHost(ctx.hosts, hostId);
    return ctx.db.$transaction(
      async (tx) => {
        const restoring = await tx.task.count({
          where: {
            projectId,
            kind: "backup.restore",
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
        return enqueueTask(tx, backupDelete, {
          input: {
            backupId,
            projectId,
            hostId,
            pool,
            files: [row.volume, ...row.disks.map((disk) => disk.volume)],
          },
          projectId,
          hostId,
          targetId: backupId,
          targetName: row.vmName,
          actor: ctx.actor,
          now: ctx.clock(),
        });
      },
      { isolationLevel: "Serializable" },
    );
  });
  publish({ type: "backup", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}

function busy(backupId: string, key: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `backup ${backupId} is busy: ${key}`,
    userMessage: { key },
  });
}
