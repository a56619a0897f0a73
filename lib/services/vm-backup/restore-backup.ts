import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { nameTaken } from "../vm/name-taken";
import { backupEntry } from "./audit-entry";
import { assertReady, findBackup } from "./find-backup";
import { planRestore } from "./plan-restore";
import { readChain } from "./read-chain";
import { reserveRestored } from "./reserve-restored";

export interface RestoreBackupInput {
  backupId: string;
  projectId?: string;
  /** Of the new VM. */
  name: string;
  start: boolean;
}

/**
 * Reserves a new VM of a backup's content and definition, with an identity of its own, and enqueues
 * its making; the VM that was backed up is not touched. Throws `conflict.exists` for a name that the
 * project has already, `quota.exceeded`, `conflict.rule` for a definition that only an administrator
 * may bring back or whose network is gone, `vm.bad_state` while the backup is being made or deleted,
 * and `host.unreachable`. Nothing is left behind then.
 */
export async function restoreBackup(
  ctx: Context,
  input: RestoreBackupInput,
): Promise<{ vmId: string; taskId: string }> {
  const row = await findBackup(ctx, input, "backup.restore");
  const { projectId } = row;
  const name = input.name.normalize("NFC");
  const made = await audited(ctx, backupEntry("backup.restore", row, { name }), async () => {
    assertReady(row);
    const chain = await readChain(ctx.db, row.id);
    const plan = planRestore(ctx, requireHost(ctx.hosts, row.hostId), chain, { ...input, name });
    const taskId = await ctx.db
      .$transaction((tx) => reserveRestored(tx, ctx, plan), { isolationLevel: "Serializable" })
      .catch((error: unknown) => {
        throw nameTaken(error, name);
      });
    return { vmId: plan.task.vmId, taskId };
  });
  publish({ type: "vm", projectId, vmId: made.vmId });
  announceTask(made.taskId, projectId);
  return made;
}
