import type { Context } from "../context";
import { requireProject } from "../project/require-project";

/** How long VMs of a project may live from now when somebody extends them; null: without end. */
export async function leaseTerms(
  ctx: Context,
  input: { projectId: string },
): Promise<{ leaseDays: number | null }> {
  const { id } = await requireProject(ctx, input.projectId, "vm.read");
  return ctx.db.project.findUniqueOrThrow({ where: { id }, select: { leaseDays: true } });
}
