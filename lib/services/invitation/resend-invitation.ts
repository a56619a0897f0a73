import { z } from "zod";
import { countInvitation } from "@/lib/auth/rate-limit";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { assertProvedRecently } from "../factor/assert-proved";
import type { NewInvitation } from "./create-invitation";
import { findInvitation } from "./find-invitation";
import { handOver, linkDetail } from "./hand-over";
import { invitationGone, invitationPath, newToken, toInvitationView } from "./invitation";
import { invitationIdSchema } from "./revoke-invitation";

export const resendInvitationSchema = invitationIdSchema.extend({
  /** To see the new link instead of having it mailed. */
  showLink: z.boolean().optional(),
});

/**
 * Gives an open or expired invitation a new link for seven days, in the actor's name; the old
 * link leads nowhere. Throws as `createInvitation` does.
 */
export async function resendInvitation(
  ctx: Context,
  input: z.output<typeof resendInvitationSchema>,
): Promise<NewInvitation> {
  const before = await findInvitation(ctx, input.invitationId);
  // The new link may be shown: an owner must not get one that makes administrators.
  if (before.isAdmin || before.isAuditor) {
    assertCan(ctx.actor, "user.manage");
    await assertProvedRecently(ctx);
  }
  await countInvitation(ctx.actor.userId);
  const now = ctx.clock();
  const { token, stored } = newToken(now);
  const { userId, name } = ctx.actor;
  const row = await ctx.db.$transaction(async (tx) => {
    const renewed = await tx.invitation.updateMany({
      where: { id: before.id, acceptedAt: null, revokedAt: null },
      data: { ...stored, invitedById: userId, invitedByName: name },
    });
    if (renewed.count === 0) throw invitationGone();
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "invitation.resend",
        outcome: "ok",
        projectId: before.projectId,
        targetType: "invitation",
        targetId: before.id,
        targetName: before.email,
        detail: linkDetail(ctx, input.showLink),
      },
    );
    return tx.invitation.findUniqueOrThrow({
      where: { id: before.id },
      include: { project: { select: { name: true } } },
    });
  });
  const projectName = row.project?.name ?? null;
  const to = { to: row.email, path: invitationPath(token), projectName };
  return { invitation: toInvitationView(row, now), ...(await handOver(ctx, to, input.showLink)) };
}
