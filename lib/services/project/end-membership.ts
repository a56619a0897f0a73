import { announceEnded } from "@/lib/auth/session-events";
import { sessionIdOfToken } from "@/lib/policies/token-rights";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { assertHasOwner, endGrantsOf, findMembership } from "./membership";

/**
 * Takes a person out of a project and cuts what he has open in it; his invitations and the
 * project's tokens that he made end, too. The caller has checked that
 * the actor may. Throws `not_found` for somebody who is no member and `conflict.rule` for the
 * last owner, unless an administrator does it.
 */
export async function endMembership(
  ctx: Context,
  action: "member.remove" | "member.leave",
  { projectId, userId }: { projectId: string; userId: string },
): Promise<void> {
  const tokens = await ctx.db.$transaction(async (tx) => {
    const { role, user } = await findMembership(tx, projectId, userId);
    await tx.membership.delete({ where: { projectId_userId: { projectId, userId } } });
    if (role === "owner" && !ctx.actor.isAdmin) await assertHasOwner(tx, projectId);
    const ended = await endGrantsOf(tx, projectId, userId, ctx.clock());
    await writeAudit(
      { ...ctx, db: tx },
      {
        action,
        outcome: "ok",
        projectId,
        targetType: "user",
        targetId: userId,
        targetName: user.email,
        detail: { role, tokensEnded: ended.length },
      },
    );
    return ended;
  });
  announceEnded(tokens.map(sessionIdOfToken));
  publish({ type: "rights", projectId, userId });
}
