import { z } from "zod";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { findInvitation } from "./find-invitation";
import { invitationGone } from "./invitation";

export const invitationIdSchema = z.object({ invitationId: z.string().min(1).max(40) });

/** Takes an invitation back: its link leads nowhere. Throws `not_found` once it is accepted. */
export async function revokeInvitation(
  ctx: Context,
  input: z.output<typeof invitationIdSchema>,
): Promise<void> {
  const row = await findInvitation(ctx, input.invitationId);
  await ctx.db.$transaction(async (tx) => {
    const revoked = await tx.invitation.updateMany({
      where: { id: row.id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.clock() },
    });
    if (revoked.count === 0) throw invitationGone();
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "invitation.revoke",
        outcome: "ok",
        projectId: row.projectId,
        targetType: "invitation",
        targetId: row.id,
        targetName: row.email,
      },
    );
  });
}
