import type { Prisma } from "@/lib/db/generated/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { limitsOf, ownLimitsOf, type Quota, usageOf } from "@/lib/model/quota";
import { comingSnapshots } from "../snapshot/coming-snapshots";
import { limitFields } from "./limit-row";

/**
 * Limits and use of a project, as the transaction sees them. What is written to take room must
 * be written in the same serialisable transaction; no call to a host is made.
 */
export async function countQuota(
  tx: Prisma.TransactionClient,
  hosts: Hosts,
  projectId: string,
): Promise<Quota> {
  const project = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    select: limitFields,
  });
  const vms = await tx.vm.findMany({
    where: { projectId },
    select: {
      id: true,
      hostId: true,
      uuid: true,
      lifecycle: true,
      vcpus: true,
      memoryKib: true,
      maxMemoryKib: true,
      disks: { select: { capacityBytes: true } },
    },
  });
  const images = await tx.image.findMany({
    where: { projectId },
    select: { state: true, sizeBytes: true },
  });
  const keptDisks = await tx.disk.findMany({
    where: { projectId, vmId: null },
    select: { state: true, capacityBytes: true },
  });
  const backups = await tx.backup.findMany({
    where: { projectId },
    select: { state: true, disks: { select: { capacityBytes: true, sizeBytes: true } } },
  });
  const comingBy = await comingSnapshots(tx, { projectId });
  const counted = vms.map((vm) => {
    const reported = hosts.get(vm.hostId)?.inventory.get(vm.uuid) ?? null;
    const there = new Set(reported?.snapshots.map((each) => each.name));
    const coming = (comingBy.get(vm.id) ?? []).filter((name) => !there.has(name));
    return { ...vm, snapshots: there.size, comingSnapshots: coming.length, reported };
  });
  return {
    limits: limitsOf(ownLimitsOf(project)),
    ...usageOf({ vms: counted, images, keptDisks, backups }),
  };
}
