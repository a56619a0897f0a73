import type { Host } from "@/lib/hypervisor/types";
import { type BackupPool, poolChoices } from "@/lib/model/backup-pool";
import type { Context } from "../context";

/** Where a host's backups go, and where they could, for whoever may know. */
export async function readBackupPool(ctx: Pick<Context, "db">, host: Host): Promise<BackupPool> {
  const row = await ctx.db.host.findUnique({ where: { id: host.id } });
  const pool = row?.backupPool ?? null;
  return { hostId: host.id, pool, choices: poolChoices(host.inventory.pools()) };
}
