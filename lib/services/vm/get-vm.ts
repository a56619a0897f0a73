import type { Vm } from "@/lib/db/generated/client";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { taskInclude, toTaskView } from "../task/to-task-view";
import { findVm } from "./find-vm";
import { hardwareOf } from "./hardware-of";
import { linksOf } from "./template/links-of";
import { toVmView } from "./to-vm-view";

const shownTasks = 20;

/** The VM with its drives, networks, templates and last tasks. */
export async function getVm(ctx: Context, input: { vmId: string }): Promise<VmDetail> {
  return detailOf(ctx, await findVm(ctx, input.vmId, "vm.read"));
}

/** A row that the actor may see, in full. */
export async function detailOf(ctx: Context, row: Vm): Promise<VmDetail> {
  const host = ctx.hosts.get(row.hostId);
  const live = host?.inventory.get(row.uuid) ?? null;
  const tasks = await ctx.db.task.findMany({
    where: { targetId: row.id, projectId: row.projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: shownTasks,
    include: taskInclude,
  });
  return {
    ...toVmView(row, live, host),
    uuid: row.uuid,
    // virsh may have renamed it.
    domainName: live?.domainName ?? row.domainName,
    ...(await hardwareOf(ctx, row, live)),
    links: await linksOf(ctx.db, row.id),
    tasks: tasks.map(toTaskView),
  };
}
