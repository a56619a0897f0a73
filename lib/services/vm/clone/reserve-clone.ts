import type { Prisma, Vm } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { type VmCloneTask, vmClone } from "@/lib/tasks/definitions/vm-clone";
import type { Context } from "../../context";
import { assertFewRewritings } from "../../volume/assert-few-rewritings";
import { assertNotRewriting } from "../../volume/assert-not-rewriting";
import { addNewVm } from "../add-new-vm";
import { enqueueVmTask } from "../enqueue-vm-task";
import { askedByClone, type Source } from "./read-source";

/**
 * Counts, and writes the clone, its disks and its task, in the caller's serialisable
 * transaction: from here on it counts, whatever becomes of it. Returns the task's id.
 * Throws `quota.exceeded`, and `vm.bad_state` when something is at work on the VM or its disks.
 */
export async function reserveClone(
  tx: Prisma.TransactionClient,
  ctx: Context,
  clone: { row: Vm; source: Source; task: VmCloneTask },
): Promise<string> {
  const { row, source, task } = clone;
  const { vmId, projectId, hostId, identity } = task;
  await assertAtRest(tx, row, source);
  await assertNotRewriting(tx, row.id);
  if (!task.linked) await assertFewRewritings(tx, hostId);
  const { vcpus, memoryKib, maxMemoryKib } = source.live.next;
  const vm = await addNewVm(tx, ctx, {
    asked: askedByClone(source.live, source.disks),
    vm: {
      id: vmId,
      projectId,
      hostId,
      uuid: identity.uuid,
      domainName: identity.domainName,
      name: identity.title,
      description: identity.description,
      tags: row.tags,
      firmware: source.live.firmware,
      vcpus,
      memoryKib,
      maxMemoryKib,
    },
    disks: task.disks.map(({ diskId, target, pool, to, capacityBytes }, index) => ({
      id: diskId,
      baseId: task.linked ? source.disks[index]?.row.id : null,
      pool,
      ...to,
      target,
      capacityBytes: BigInt(capacityBytes),
    })),
  });
  return enqueueVmTask(ctx, tx, vm, { definition: vmClone, input: task, stepsDone: 1 });
}

/** Throws `vm.bad_state` when the VM or one of its disks is no longer as it was looked at. */
async function assertAtRest(
  tx: Prisma.TransactionClient,
  { id: vmId, projectId, isTemplate }: Vm,
  { disks }: Source,
): Promise<void> {
  const ids = disks.map((disk) => disk.row.id);
  const ready = await tx.disk.count({ where: { id: { in: ids }, vmId, state: "ready" } });
  const isThere =
    (await tx.vm.count({ where: { id: vmId, projectId, lifecycle: "ready", isTemplate } })) > 0;
  if (ready === ids.length && isThere) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${vmId} is not at rest`,
    userMessage: { key: isThere ? "disk.busy" : "vm.is_deleting" },
  });
}
