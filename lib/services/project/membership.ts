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
 * Takes back what somebody gave out while he was an owner: his open invitations, and the project's
 * tokens that he made and knows. Nobody stays in by what he prepared. Returns the ids of the
 * tokens, for `announceEnded` once the change is committed.
 */
export async function endGrantsOf(
  tx: Prisma.TransactionClient,
  projectId: string,
  userId: string,
  now: Date,
): Promise<string[]> {
  await tx.invitation.updateMany({
    where: { projectId, invitedById: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
  const tokens = { projectId, userId, revokedAt: null };
  const ended = await tx.apiToken.findMany({ where: tokens, select: { id: true } });
  await tx.apiToken.updateMany({ where: tokens, data: { revokedAt: now } });
  return ended.map((each) => each.id);
}
