import type { ProjectLimits } from "@/lib/model/project-limits";
import { ownLimitsOf } from "@/lib/model/quota";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { countQuota } from "./count-quota";
import { limitFields } from "./limit-row";

/** A project's limits as an administrator sets them, with what is used. Throws `not_found`. */
export async function getProjectLimits(
  ctx: Context,
  input: { projectId: string },
): Promise<ProjectLimits> {
  const { id } = await requireProject(ctx, input.projectId, "project.read");
  return projectLimitsOf(ctx, id);
}

/** The same, for who has been let in already. */
export async function projectLimitsOf(ctx: Context, id: string): Promise<ProjectLimits> {
  const row = await ctx.db.project.findUniqueOrThrow({ where: { id }, select: limitFields });
  const quota = await countQuota(ctx.db, ctx.hosts, id);
  return { projectId: id, own: ownLimitsOf(row), leaseDays: row.leaseDays, quota };
}
