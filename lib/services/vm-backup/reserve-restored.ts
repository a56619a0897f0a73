import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { BYTES_PER_GIB, kibToMib } from "@/lib/model/units";
import { backupRestore } from "@/lib/tasks/definitions/backup-restore";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import type { Context } from "../context";
import { addNewVm } from "../vm/add-new-vm";
import { assertFewRewritings } from "../volume/assert-few-rewritings";
import type { RestorePlan } from "./plan-restore";

/**
 * Counts, and writes the VM, its disks and its task, in the caller's serialisable transaction: from
 * here on the VM counts, whatever becomes of it. Returns the task's id. Throws `quota.exceeded`, and
 * `conflict.rule` while the host writes as many disks as it may.
 */
export async function reserveRestored(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { task, domain, description }: RestorePlan,
): Promise<string> {
  const { vmId, projectId, hostId, uuid, domainName, title: name } = task;
  const { vcpus, memoryKib, maxMemoryKib } = domain.sizes;
  await assertFewRewritings(tx, hostId);
  const { createdAt: now } = await addNewVm(tx, ctx, {
    asked: {
      vms: 1,
      vcpus,
      memoryMib: kibToMib(maxMemoryKib),
      diskGib: task.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0) / BYTES_PER_GIB,
    },
    vm: {
      id: vmId,
      projectId,
      hostId,
      uuid,
      domainName,
      name,
      description,
      firmware: domain.firmware,
      vcpus,
      memoryKib,
      maxMemoryKib,
    },
    disks: task.disks.map(({ target, to, capacityBytes }) => ({
      id: newId(),
      ...to,
      target,
      capacityBytes: BigInt(capacityBytes),
    })),
  });
  return enqueueTask(tx, backupRestore, {
    input: task,
    projectId,
    hostId,
    targetId: vmId,
    targetName: name,
    actor: ctx.actor,
    stepsDone: 1,
    now,
  });
}
