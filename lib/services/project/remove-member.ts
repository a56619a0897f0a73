import { z } from "zod";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { endMembership } from "./end-membership";
import { findMembership } from "./membership";
import { findProject } from "./require-project";

export const removeMemberSchema = z.object({
  projectId: z.string().min(1).max(40),
  userId: z.string().min(1).max(40),
});

/**
 * Takes a member out of the project. Pages, streams, uploads and consoles end at once. Throws
 * `not_found` for somebody who is no member and `conflict.rule` for the last owner, unless an
 * administrator does it.
 */
export async function removeMember(
  ctx: Context,
  input: z.output<typeof removeMemberSchema>,
): Promise<void> {
  const { id: projectId } = await findProject(ctx, input.projectId);
  await findMembership(ctx.db, projectId, input.userId);
  assertCan(ctx.actor, "member.manage", projectId);
  await endMembership(ctx, "member.remove", { projectId, userId: input.userId });
}
