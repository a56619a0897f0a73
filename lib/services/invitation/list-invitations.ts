import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { type InvitationView, toInvitationView } from "./invitation";

/**
 * Invitations that are neither accepted nor taken back, newest first: a project's, or with null
 * those into the installation alone.
 */
export async function listInvitations(
  ctx: Context,
  input: { projectId: string | null },
): Promise<InvitationView[]> {
  const { projectId } = input;
  if (projectId === null) assertCan(ctx.actor, "user.read");
  else await requireProject(ctx, projectId, "invitation.read");
  const rows = await ctx.db.invitation.findMany({
    where: { projectId, acceptedAt: null, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map((row) => toInvitationView(row, ctx.clock()));
}
