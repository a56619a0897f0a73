import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

/**
 * The project, when the actor may do this in it. Throws `not_found` for an absent project and
 * for one that the actor is no member of, `auth.forbidden` when his role is too weak.
 */
export async function requireProject(
  ctx: Context,
  projectId: string,
  permission: Permission,
): Promise<{ id: string; slug: string; name: string }> {
  const { projectId: mine } = scope(ctx.actor);
  if (mine && !mine.in.includes(projectId)) throw notFound(`project ${projectId}`);
  const project = await ctx.db.project.findUnique({
    where: { id: projectId },
    select: { id: true, slug: true, name: true },
  });
  if (!project) throw notFound(`project ${projectId}`);
  assertCan(ctx.actor, permission, projectId);
  return project;
}
