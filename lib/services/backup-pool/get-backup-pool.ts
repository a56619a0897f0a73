import type { BackupPool } from "@/lib/model/backup-pool";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { readBackupPool } from "./read-backup-pool";

/** Where a host's backups go, and where they could, as far as the host is known. Throws `not_found`. */
export async function getBackupPool(ctx: Context, input: { hostId: string }): Promise<BackupPool> {
  const { hostId } = input;
  assertCan(ctx.actor, "host.read");
  const host = ctx.hosts.get(hostId);
  if (host === null) throw notFound(`host ${hostId}`);
  return readBackupPool(ctx, host);
}
