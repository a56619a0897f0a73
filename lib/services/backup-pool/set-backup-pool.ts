import { probePool } from "@/lib/hypervisor/backup/probe-pool";
import type { BackupPool, BackupPoolInput } from "@/lib/model/backup-pool";
import { AppError } from "@/lib/model/errors";
import { audited } from "../audited";
import type { Context } from "../context";
import { findHost } from "../tuning/find-host";
import { readBackupPool } from "./read-backup-pool";

/**
 * Names the pool that backups of a host's VMs go to from now on; those that are there stay where
 * they are, and are read, restored and deleted there. For administrators. Throws `not_found`,
 * `conflict.rule` for a pool that the host has not, that is not active or is no folder,
 * `host.refused` when nothing can be written there, and `host.*` errors; nothing is changed then.
 */
export async function setBackupPool(ctx: Context, input: BackupPoolInput): Promise<BackupPool> {
  const { hostId, pool } = input;
  const host = findHost(ctx, hostId, "host.set_backup_pool");
  const { pool: before, choices } = await readBackupPool(ctx, host);
  const entry = {
    action: "host.set_backup_pool",
    targetType: "host",
    targetId: hostId,
    targetName: host.name,
    detail: { pool, before },
  } as const;
  await audited(ctx, entry, async () => {
    if (pool !== null) {
      const choice = choices.find((each) => each.name === pool);
      if (!choice?.active) throw refused(pool, choice === undefined ? "unknown" : "inactive");
      await probePool(host, pool);
    }
    await ctx.db.host.update({ where: { id: hostId }, data: { backupPool: pool } });
  });
  return readBackupPool(ctx, host);
}

function refused(pool: string, why: "unknown" | "inactive"): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `pool ${pool} takes no backups: ${why}`,
    userMessage: { key: `backup_pool.${why}`, values: { pool } },
  });
}
