import type { Prisma, Vm } from "@/lib/db/generated/client";
import { leaseEnd } from "@/lib/model/lease";
import { assertQuota } from "@/lib/model/quota";
import type { Context } from "../context";
import { countQuota } from "../quota/count-quota";

interface NewVm {
  /** What it takes of the project's quota. */
  asked: Parameters<typeof assertQuota>[1];
  vm: Omit<
    Prisma.VmUncheckedCreateInput,
    "createdById" | "createdAt" | "leaseEndsAt" | "disks" | "backups"
  >;
  disks: Omit<Prisma.DiskUncheckedCreateWithoutVmInput, "projectId" | "hostId">[];
}

/**
 * Counts, and writes a VM with its disks and the lease that the project gives, in the caller's
 * serialisable transaction: from here on it counts, whatever becomes of it. Throws
 * `quota.exceeded`.
 */
export async function addNewVm(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { asked, vm, disks }: NewVm,
): Promise<Vm> {
  const { projectId, hostId } = vm;
  assertQuota(await countQuota(tx, ctx.hosts, projectId), asked);
  const now = ctx.clock();
  const { leaseDays } = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { leaseDays: true },
  });
  return tx.vm.create({
    data: {
      ...vm,
      createdById: ctx.actor.userId,
      createdAt: now,
      leaseEndsAt: leaseEnd(leaseDays, now),
      disks: { create: disks.map((disk) => ({ ...disk, projectId, hostId })) },
    },
  });
}
