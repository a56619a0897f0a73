import type { Prisma, Vm } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";
import { type Amounts, usageOf } from "@/lib/model/quota";

/** What a VM counts in its project, with its disks, snapshots and backups, as the transaction sees it. */
export async function askedByTransfer(
  tx: Pick<Prisma.TransactionClient, "disk" | "backup">,
  row: Vm,
  live: LiveVm,
): Promise<Partial<Amounts>> {
  const disks = await tx.disk.findMany({
    where: { vmId: row.id },
    select: { capacityBytes: true },
  });
  const backups = await tx.backup.findMany({
    where: { vmId: row.id, projectId: row.projectId },
    select: { state: true, disks: { select: { capacityBytes: true, sizeBytes: true } } },
  });
  const vm = {
    ...row,
    disks,
    snapshots: live.snapshots.length,
    comingSnapshots: 0,
    reported: live,
  };
  const { used } = usageOf({ vms: [vm], images: [], keptDisks: [], backups });
  const { vms, vcpus, memoryMib, diskGib, snapshots } = used;
  return { vms, vcpus, memoryMib, diskGib, ...(snapshots > 0 && { snapshots }) };
}
