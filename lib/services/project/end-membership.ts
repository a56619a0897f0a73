import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { assertHasOwner, findMembership, revokeInvitationsOf } from "./membership";

/**
 * Takes a person out of a project and cuts what he has open in it. The caller has checked that
 * the actor may. Throws `not_found` for somebody who is no member and `conflict.rule` for the
 * last owner, unless an administrator does it.
 */
export async function endMembership(
  ctx: Context,
  action: "member.remove" | "member.leave",
  { projectId, userId }: { projectId: string; userId: string },
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const { role, user } = await findMembership(tx, projectId, userId);
    await tx.membership.delete({ where: { projectId_userId: { projectId, userId } } });
    if (role === "owner") {
      if (!ctx.actor.isAdmin) await assertHasOwner(tx, projectId);
      await revokeInvitationsOf(tx, projectId, userId, ctx.clock());
    }
    await writeAudit(
      { ...ctx, db: tx },
      {
        action,
        outcome: "ok",
        projectId,
        targetType: "user",
        targetId: userId,
        targetName: user.email,
        detail: { role },
      },
    );
  });
  publish({ type: "rights", projectId, userId });
}
