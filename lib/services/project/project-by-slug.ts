import { notFound } from "@/lib/model/errors";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";
import type { ProjectSummary } from "./list-projects";

/** The project of an address; `not_found` for one that the actor may not enter. */
export async function projectBySlug(
  ctx: Context,
  input: { slug: string },
): Promise<ProjectSummary> {
  const { actor, db } = ctx;
  const { projectId: mine } = scope(actor);
  const project = await db.project.findFirst({
    where: { slug: input.slug, ...(mine && { id: mine }) },
    select: { id: true, slug: true, name: true },
  });
  if (!project) throw notFound(`project ${input.slug}`);
  const role = actor.memberships.find((each) => each.projectId === project.id)?.role ?? null;
  return { ...project, role };
}
