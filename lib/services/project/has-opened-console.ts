import type { Context } from "../context";
import { requireProject } from "./require-project";

/** Whether anybody has ever opened a console in the project: the last of its first steps. */
export async function hasOpenedConsole(
  ctx: Context,
  input: { projectId: string },
): Promise<boolean> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "project.read");
  const opened = await ctx.db.auditEvent.findFirst({
    where: { projectId, action: "console.open" },
    select: { id: true },
  });
  return opened !== null;
}
