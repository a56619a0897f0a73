import type { VmView } from "@/lib/model/vm";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { viewOf } from "./view-of";

/** The project's VMs, newest last, as the inventory has them: no call to libvirt is made. */
export async function listVms(ctx: Context, input: { projectId: string }): Promise<VmView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "vm.read");
  const rows = await ctx.db.vm.findMany({
    where: { projectId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => viewOf(ctx.hosts, row));
}
