import type { Context } from "../context";
import type { ProjectSummary } from "./list-projects";
import { requireProject } from "./require-project";

/** A project and the actor's role in it; `not_found` for one that he may not enter. */
export async function getProject(
  ctx: Context,
  input: { projectId: string },
): Promise<ProjectSummary> {
  const { id, slug, name } = await requireProject(ctx, input.projectId, "project.read");
  const role = ctx.actor.memberships.find((each) => each.projectId === id)?.role ?? null;
  return { id, slug, name, role };
}
