import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { PoolView } from "@/lib/model/host";
import type { Context } from "../context";
import { requirePool } from "../host/require-host";

/**
 * The active pool that backups of the host's VMs go to. Throws `host.refused` without one: where a
 * disk is not mounted nothing is written beside it.
 */
export async function backupPoolOf(ctx: Pick<Context, "db">, host: Host): Promise<PoolView> {
  const row = await ctx.db.host.findUnique({ where: { id: host.id } });
  const named = row?.backupPool ?? null;
  if (named === null) return requirePool(host, "backups");
  const pool = host.inventory.pools().find((each) => each.name === named);
  if (pool?.active) return pool;
  throw new AppError({
    code: "host.refused",
    message: `pool ${named} of host ${host.id} is away`,
    userMessage: { key: "backup_pool.inactive", values: { pool: named } },
  });
}
