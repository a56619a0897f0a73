import type { Prisma } from "@/lib/db/generated/client";
import { chainOf } from "@/lib/model/backup-chain";
import type { BackupCreateTask } from "@/lib/tasks/definitions/backup-create";

/**
 * What the VM's next increment could build on: its newest backup with a checkpoint, unless its chain
 * is as long as may be (`fullEvery`) or lies in another pool than the next one. Whether it can is looked at when it is made.
 */
export async function findBase(
  tx: Pick<Prisma.TransactionClient, "backup">,
  { vmId, pool }: { vmId: string; pool: string },
  fullEvery: number | null,
): Promise<NonNullable<BackupCreateTask["increment"]>> {
  const backups = await tx.backup.findMany({
    where: { vmId, state: "ready" },
    include: { disks: true },
    orderBy: { createdAt: "desc" },
  });
  const base = backups.find((each) => each.checkpoint !== null);
  if (base === undefined || base.checkpoint === null) return { base: null, full: null };
  const chain = chainOf(backups, base.id);
  const isDamaged = chain.some((each) => each.verdict === "damaged");
  const { id: backupId, checkpoint, chainEnd } = base;
  const disks = base.disks.map(({ target, volume, capacityBytes }) => ({
    target,
    volume,
    capacityBytes: Number(capacityBytes),
  }));
  // It names what it lies on without a folder: both are to lie in the same one.
  const full =
    base.pool !== pool
      ? { key: "backup.full.elsewhere" }
      : fullEvery !== null && chain.length >= fullEvery
        ? { key: "backup.full.turn" }
        : isDamaged
          ? { key: "backup.full.damaged" }
          : null;
  return { base: { backupId, checkpoint, chainEnd, disks }, full };
}
