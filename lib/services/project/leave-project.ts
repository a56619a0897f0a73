import { z } from "zod";
import type { Context } from "../context";
import { endMembership } from "./end-membership";
import { requireProject } from "./require-project";

export const leaveProjectSchema = z.object({ projectId: z.string().min(1).max(40) });

/**
 * Ends the actor's own membership. Throws `not_found` without one and `conflict.rule` for the
 * last owner.
 */
export async function leaveProject(
  ctx: Context,
  input: z.output<typeof leaveProjectSchema>,
): Promise<void> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "project.leave");
  await endMembership(ctx, "member.leave", { projectId, userId: ctx.actor.userId });
}
