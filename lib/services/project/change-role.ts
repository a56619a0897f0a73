import { z } from "zod";
import { announceEnded } from "@/lib/auth/session-events";
import { assertCan } from "@/lib/policies/can";
import { projectRoles } from "@/lib/policies/permissions";
import { sessionIdOfToken } from "@/lib/policies/token-rights";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { assertHasOwner, endGrantsOf, findMembership } from "./membership";
import { findProject } from "./require-project";

export const changeRoleSchema = z.object({
  projectId: z.string().min(1).max(40),
  userId: z.string().min(1).max(40),
  role: z.enum(projectRoles),
});

/**
 * Gives a member another role; what it no longer allows is cut at once. Who
 * was an owner loses his invitations and the project's tokens that he made. Throws `not_found` for
 * somebody who is no member, and `conflict.rule` when it would leave the project without an
 * owner, unless an administrator does it.
 */
export async function changeRole(
  ctx: Context,
  input: z.output<typeof changeRoleSchema>,
): Promise<void> {
  const { userId, role } = input;
  const { id: projectId } = await findProject(ctx, input.projectId);
  await findMembership(ctx.db, projectId, input.userId);
  assertCan(ctx.actor, "member.manage", projectId);
  const tokens = await ctx.db.$transaction(async (tx) => {
    const before = await findMembership(tx, projectId, userId);
    if (before.role === role) return [];
    await tx.membership.update({
      where: { projectId_userId: { projectId, userId } },
      data: { role },
    });
    const lowered = before.role === "owner";
    if (lowered && !ctx.actor.isAdmin) await assertHasOwner(tx, projectId);
    const ended = lowered ? await endGrantsOf(tx, projectId, userId, ctx.clock()) : [];
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "member.change_role",
        outcome: "ok",
        projectId,
        targetType: "user",
        targetId: userId,
        targetName: before.user.email,
        detail: { before: before.role, role, tokensEnded: ended.length },
      },
    );
    return ended;
  });
  announceEnded(tokens.map(sessionIdOfToken));
  publish({ type: "rights", projectId, userId });
}
