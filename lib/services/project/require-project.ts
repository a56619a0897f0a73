import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

interface ProjectRow {
  id: string;
  slug: string;
  name: string;
}

/**
 * The project, when the actor may do this in it. Throws `not_found` for an absent project and
 * for one that the actor is no member of, `auth.forbidden` when his role is too weak.
 */
export async function requireProject(
  ctx: Context,
  projectId: string,
  permission: Permission,
): Promise<ProjectRow> {
  const project = await findProject(ctx, projectId);
  assertCan(ctx.actor, permission, project.id);
  return project;
}

/**
 * The project that the actor sees, whatever he may do in it: for a call that names something
 * inside, which is to be found before the permission is asked for. Throws `not_found`.
 */
export async function findProject(ctx: Context, projectId: string): Promise<ProjectRow> {
  const { projectId: mine } = scope(ctx.actor);
  if (mine && !mine.in.includes(projectId)) throw notFound(`project ${projectId}`);
  const project = await ctx.db.project.findUnique({
    where: { id: projectId },
    select: { id: true, slug: true, name: true },
  });
  if (!project) throw notFound(`project ${projectId}`);
  return project;
}
