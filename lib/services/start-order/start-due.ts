import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Host } from "@/lib/hypervisor/types";
import { inOrder } from "@/lib/model/start-order";
import { endedTaskStates } from "@/lib/model/task";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmStartInOrder } from "@/lib/tasks/definitions/vm-start-in-order";
import { startOrderActor } from "./actor";

type Waiting = Prisma.StartOrderGetPayload<{ include: { vm: true } }>;

/**
 * Enqueues the start of every VM of a host whose turn it is. Each project has an order of its own:
 * nobody waits for another project's. A VM that runs already takes no time, and one whose start
 * fails keeps the next one waiting for its delay alone.
 */
export async function startDue(db: Db, host: Host, now: Date): Promise<void> {
  const waiting = await db.startOrder.findMany({
    where: { dueAt: { not: null }, vm: { hostId: host.id } },
    include: { vm: true },
  });
  for (const projectId of new Set(waiting.map(({ vm }) => vm.projectId))) {
    const own = waiting.filter(({ vm }) => vm.projectId === projectId);
    await startNext(db, host, inOrder(own.map((each) => ({ ...each, name: each.vm.name }))), now);
  }
}

async function startNext(db: Db, host: Host, order: readonly Waiting[], now: Date): Promise<void> {
  for (const [place, each] of order.entries()) {
    const { vmId, vm, dueAt, delaySeconds } = each;
    if (dueAt === null || dueAt > now) return;
    const live = host.inventory.get(vm.uuid);
    if (vm.lifecycle !== "ready" || (live !== null && live.bootId !== null)) {
      await db.startOrder.updateMany({ where: { vmId, dueAt }, data: { dueAt: null } });
      continue;
    }
    const next = order[place + 1];
    const taskId = await db.$transaction(async (tx) => {
      if (await isStarting(tx, vm)) return null;
      const taken = await tx.startOrder.updateMany({
        where: { vmId, dueAt },
        data: { dueAt: null },
      });
      if (taken.count === 0) return null;
      if (next !== undefined) {
        const nextAt = new Date(now.getTime() + delaySeconds * 1000);
        await tx.startOrder.updateMany({
          where: { vmId: next.vmId, dueAt: { not: null } },
          data: { dueAt: nextAt },
        });
      }
      return enqueueTask(tx, vmStartInOrder, {
        input: { vmId, hostId: vm.hostId, uuid: vm.uuid },
        projectId: vm.projectId,
        hostId: vm.hostId,
        targetId: vmId,
        targetName: vm.name,
        actor: { userId: "", name: startOrderActor.name },
        now,
      });
    });
    if (taskId !== null) announceTask(taskId, vm.projectId);
    return;
  }
}

/** Whether an earlier one of the same order has not ended its start. */
async function isStarting(
  tx: Prisma.TransactionClient,
  { projectId, hostId }: Waiting["vm"],
): Promise<boolean> {
  const state = { notIn: [...endedTaskStates] };
  const open = { kind: vmStartInOrder.kind, projectId, hostId, state };
  return (await tx.task.count({ where: open })) > 0;
}
