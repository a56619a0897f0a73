import type { ProjectLimits, ProjectLimitsInput } from "@/lib/model/project-limits";
import { type LimitRow, ownLimitsOf, quotaResources } from "@/lib/model/quota";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { projectLimitsOf } from "./get-project-limits";
import { limitFields, toLimitRow } from "./limit-row";

/**
 * Sets a project's limits and how long its new VMs may live. A limit below what is used is
 * allowed: nothing is taken away, and more is refused until less is used. VMs that are there
 * keep the end of their lease. Throws `not_found`, `auth.forbidden`.
 */
export async function setProjectLimits(
  ctx: Context,
  input: ProjectLimitsInput,
): Promise<ProjectLimits> {
  const project = await requireProject(ctx, input.projectId, "project.set_limits");
  const { id } = project;
  await ctx.db.$transaction(
    async (tx) => {
      const before = await tx.project.findUniqueOrThrow({ where: { id }, select: limitFields });
      const after = { ...toLimitRow(input.limits), leaseDays: input.leaseDays };
      await tx.project.update({ where: { id }, data: after });
      await writeAudit(
        { ...ctx, db: tx },
        {
          action: "project.set_limits",
          outcome: "ok",
          projectId: id,
          targetType: "project",
          targetId: id,
          targetName: project.name,
          detail: differences(before, after),
        },
      );
    },
    { isolationLevel: "Serializable" },
  );
  return projectLimitsOf(ctx, id);
}

type Limits = LimitRow & { leaseDays: number | null };

/** Before and after of what has changed; null is what every project has. */
function differences(before: Limits, after: Limits): Record<string, number | null> {
  const detail: Record<string, number | null> = {};
  const [old, now] = [ownLimitsOf(before), ownLimitsOf(after)];
  for (const resource of quotaResources) {
    if (old[resource] === now[resource]) continue;
    detail[resource] = now[resource];
    detail[`${resource}Before`] = old[resource];
  }
  if (before.leaseDays !== after.leaseDays) {
    detail.leaseDays = after.leaseDays;
    detail.leaseDaysBefore = before.leaseDays;
  }
  return detail;
}
