import type { Context } from "../context";
import { requireProject } from "../project/require-project";

const shown = 5;

/**
 * Names of who can raise a project's limits. Names alone: the address that somebody signs in
 * with is not a tenant's to know.
 */
export async function quotaContacts(ctx: Context, input: { projectId: string }): Promise<string[]> {
  await requireProject(ctx, input.projectId, "project.read");
  const admins = await ctx.db.user.findMany({
    where: { isAdmin: true, disabledAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: shown,
    select: { name: true },
  });
  return admins.map((admin) => admin.name);
}
