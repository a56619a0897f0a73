import type { DiskView } from "@/lib/model/disk";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { withVm } from "./find-disk";
import { toDiskView } from "./to-disk-view";

/** All disks of the project: kept ones first, newest first, then those of its VMs by name. */
export async function listDisks(ctx: Context, input: { projectId: string }): Promise<DiskView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "disk.read");
  const rows = await ctx.db.disk.findMany({ where: { projectId }, include: withVm });
  const views = await Promise.all(rows.map((row) => toDiskView(ctx, row)));
  return views.sort(
    (left, right) =>
      Number(right.vm === null) - Number(left.vm === null) ||
      (right.keptAt ?? "").localeCompare(left.keptAt ?? "") ||
      left.name.localeCompare(right.name) ||
      left.id.localeCompare(right.id),
  );
}
