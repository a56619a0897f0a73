import type { Vm } from "@/lib/db/generated/client";
import { inOrder, type StartOrderView } from "@/lib/model/start-order";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";

/** A VM's place in the start order of its project's VMs on its host. */
export async function getStartOrder(
  ctx: Context,
  input: { vmId: string },
): Promise<StartOrderView> {
  return startOrderOf(ctx, await findVm(ctx, input.vmId, "vm.read"));
}

/** The same of a VM that the actor may see. */
export async function startOrderOf(ctx: Context, row: Vm): Promise<StartOrderView> {
  const { id: vmId, projectId, hostId } = row;
  const rows = await ctx.db.startOrder.findMany({
    where: { vm: { projectId, hostId } },
    include: { vm: { select: { name: true } } },
  });
  const order = rows.map(({ vm, dueAt, ...place }) => ({
    ...place,
    name: vm.name,
    waiting: dueAt !== null,
  }));
  const own = order.find((each) => each.vmId === vmId);
  return {
    vmId,
    place: own ? { position: own.position, delaySeconds: own.delaySeconds } : null,
    order: inOrder(order),
  };
}
