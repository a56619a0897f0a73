import type { ProjectRole } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

export interface ProjectSummary {
  id: string;
  slug: string;
  name: string;
  /** Null for an admin or auditor who is no member. */
  role: ProjectRole | null;
}

/** The projects that the actor may enter, by name. */
export async function listProjects(ctx: Context): Promise<ProjectSummary[]> {
  const { actor, db } = ctx;
  const { projectId: mine } = scope(actor);
  const projects = await db.project.findMany({
    where: mine ? { id: mine } : {},
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true },
  });
  return projects.map((project) => ({
    ...project,
    role: actor.memberships.find((each) => each.projectId === project.id)?.role ?? null,
  }));
}
