import type { Prisma } from "@/lib/db/generated/client";
import { askedByNewVm } from "@/lib/model/quota";
import { kibToMib } from "@/lib/model/units";
import type { CreateVmInput } from "@/lib/model/vm";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmCreate } from "@/lib/tasks/definitions/vm-create";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { addNewVm } from "./add-new-vm";
import type { VmPlan } from "./plan-vm";

/**
 * Counts, and writes the VM, its disk, its task and its audit line, in the caller's serialisable
 * transaction: from here on the VM counts, whatever becomes of it. Returns the task's id. Throws
 * `quota.exceeded`.
 */
export async function reserveVm(
  tx: Prisma.TransactionClient,
  ctx: Context,
  input: CreateVmInput,
  { task, diskId }: VmPlan,
): Promise<string> {
  const { projectId, name, vcpus, memoryMib, diskGib } = input;
  const { spec, vmId, hostId } = task;
  const { createdAt: now } = await addNewVm(tx, ctx, {
    asked: askedByNewVm(input, kibToMib(spec.maxMemoryKib)),
    vm: {
      id: vmId,
      projectId,
      hostId,
      uuid: spec.uuid,
      domainName: spec.domainName,
      name,
      firmware: spec.firmware,
      vcpus: spec.vcpus,
      memoryKib: spec.memoryKib,
      maxMemoryKib: spec.maxMemoryKib,
    },
    disks: [
      {
        id: diskId,
        pool: spec.disk.pool,
        volume: spec.disk.volume,
        format: spec.disk.format,
        target: "vda",
        capacityBytes: BigInt(task.diskBytes),
      },
    ],
  });
  await writeAudit(
    { ...ctx, db: tx },
    {
      action: "vm.create",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      outcome: "ok",
      detail: { vcpus, memoryMib, diskGib, imageId: input.imageId },
    },
  );
  return enqueueTask(tx, vmCreate, {
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
