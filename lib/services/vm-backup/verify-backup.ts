import { backupVerify } from "@/lib/tasks/definitions/backup-verify";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { assertFewRewritings } from "../volume/assert-few-rewritings";
import { backupEntry } from "./audit-entry";
import { assertReady, findBackup } from "./find-backup";

/**
 * Enqueues the reading of all files of a backup, and their comparison with what was written down.
 * Throws `vm.bad_state` while it is being made or deleted, `conflict.rule` while the host does as
 * much of that already as it may, and `host.unreachable`.
 */
export async function verifyBackup(
  ctx: Context,
  input: { backupId: string; projectId?: string },
): Promise<{ taskId: string }> {
  const row = await findBackup(ctx, input, "backup.verify");
  const { id: backupId, projectId, hostId } = row;
  const taskId = await audited(ctx, backupEntry("backup.verify", row), async () => {
    assertReady(row);
    requireHost(ctx.hosts, hostId);
    return ctx.db.$transaction(
      async (tx) => {
        await assertFewRewritings(tx, hostId);
        return enqueueTask(tx, backupVerify, {
          input: { backupId, projectId, hostId },
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
  announceTask(taskId, projectId);
  return { taskId };
}
