import type { Db } from "@/lib/db/client";
import { chainOf } from "@/lib/model/backup-chain";
import { notFound } from "@/lib/model/errors";
import { type BackupRow, withDisks } from "./find-backup";

/** A backup and those that it builds on, itself first. Throws `not_found` where one is missing. */
export async function readChain(db: Pick<Db, "backup">, backupId: string): Promise<BackupRow[]> {
  const own = await db.backup.findUnique({ where: { id: backupId }, select: { vmId: true } });
  if (own === null) throw notFound(`backup ${backupId}`);
  const all = await db.backup.findMany({ where: { vmId: own.vmId }, include: withDisks });
  const chain = chainOf(all, backupId);
  if (chain.at(-1)?.baseId === null) return chain;
  throw notFound(`a backup that ${backupId} builds on`);
}
