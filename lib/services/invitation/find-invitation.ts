import type { Invitation } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

/**
 * An invitation that is neither accepted nor taken back, for whoever manages where it leads.
 * Throws `not_found` and `auth.forbidden`.
 */
export async function findInvitation(ctx: Context, invitationId: string): Promise<Invitation> {
  const row = await ctx.db.invitation.findFirst({
    where: { id: invitationId, acceptedAt: null, revokedAt: null, ...scope(ctx.actor) },
  });
  if (row === null) throw notFound(`invitation ${invitationId}`);
  if (row.projectId === null) assertCan(ctx.actor, "user.manage");
  else assertCan(ctx.actor, "member.manage", row.projectId);
  return row;
}
