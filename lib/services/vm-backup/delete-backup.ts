import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { backupEntry } from "./audit-entry";
import { enqueueBackupDeletion } from "./enqueue-backup-deletion";
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
  const { projectId, hostId } = row;
  const taskId = await audited(ctx, backupEntry("backup.delete", row), async () => {
    assertReady(row);
    requireHost(ctx.hosts, hostId);
    return ctx.db.$transaction(
      (tx) => enqueueBackupDeletion(tx, row, { actor: ctx.actor, now: ctx.clock() }),
      { isolationLevel: "Serializable" },
    );
  });
  publish({ type: "backup", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}
