import type { Prisma } from "@/lib/db/generated/client";
import { type AuditContext, writeAudit } from "../audit";
import { joinProject } from "../project/join-project";
import { invitationGone, open, openInvitation } from "./invitation";

/** Where an accepted invitation leads. */
export interface Accepted {
  projectId: string | null;
  /** Of the project; null when the invitation is into the installation alone. */
  slug: string | null;
}

/**
 * Uses the link up and gives the person what it promises; what he has already is never lowered.
 * Runs in the caller's transaction. Throws `not_found` when somebody else was faster, or it was
 * taken back.
 */
export async function useUp(
  tx: Prisma.TransactionClient,
  author: AuditContext,
  { token, userId }: { token: string; userId: string },
): Promise<Accepted> {
  const now = author.clock();
  const row = await openInvitation(tx, token, now);
  if (row === null) throw invitationGone();
  const used = await tx.invitation.updateMany({
    where: { id: row.id, ...open(now) },
    data: { acceptedAt: now },
  });
  if (used.count === 0) throw invitationGone();
  const { projectId, role } = row;
  if (projectId !== null && role !== null) await joinProject(tx, { projectId, userId, role });
  if (row.isAdmin) {
    await tx.user.update({
      where: { id: userId },
      data: { isAdmin: true, isAuditor: false, oidcRight: null },
    });
  } else if (row.isAuditor) {
    await tx.user.updateMany({
      where: { id: userId, isAdmin: false },
      data: { isAuditor: true, oidcRight: null },
    });
  }
  await writeAudit(author, {
    action: "invitation.accept",
    outcome: "ok",
    projectId,
    targetType: "invitation",
    targetId: row.id,
    targetName: row.email,
    detail: { role, isAdmin: row.isAdmin, isAuditor: row.isAuditor, invitedBy: row.invitedByName },
  });
  return { projectId, slug: row.project?.slug ?? null };
}
