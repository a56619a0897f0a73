import type { Prisma } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import type { ProjectRole } from "@/lib/policies/permissions";

/** Somebody's membership with the person; throws `not_found` without one. */
export async function findMembership(
  tx: Prisma.TransactionClient,
  projectId: string,
  userId: string,
): Promise<{ role: ProjectRole; user: { name: string; email: string } }> {
  const row = await tx.membership.findUnique({
    where: { projectId_userId: { projectId, userId } },
    select: { role: true, user: { select: { name: true, email: true } } },
  });
  if (row === null) throw notFound(`member ${userId}`);
  return row;
}

/**
 * Throws `conflict.rule` when the project has no owner left who can sign in. Called in the
 * transaction of the change, after it.
 */
export async function assertHasOwner(
  tx: Prisma.TransactionClient,
  projectId: string,
): Promise<void> {
  const owners = await tx.membership.count({
    where: { projectId, role: "owner", user: { disabledAt: null } },
  });
  if (owners > 0) return;
  throw new AppError({
    code: "conflict.rule",
    message: `project ${projectId} would be without an owner`,
    userMessage: { key: "project.last_owner" },
  });
}

/**
 * Takes back what somebody invited others to while he was an owner: nobody comes back by a link
 * that he made beforehand.
 */
export async function revokeInvitationsOf(
  tx: Prisma.TransactionClient,
  projectId: string,
  userId: string,
  now: Date,
): Promise<void> {
  await tx.invitation.updateMany({
    where: { projectId, invitedById: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
}
