import { createHash, randomBytes } from "node:crypto";
import type { Invitation, Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { can } from "@/lib/policies/can";
import type { ProjectRole } from "@/lib/policies/permissions";

const lifetimeMs = 7 * 24 * 3_600_000;

/** An invitation without its secret, which nobody can read again. */
export interface InvitationView {
  id: string;
  email: string;
  projectId: string | null;
  role: ProjectRole | null;
  isAdmin: boolean;
  isAuditor: boolean;
  invitedByName: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}

export function toInvitationView(row: Invitation, now: Date): InvitationView {
  const { id, email, projectId, role, isAdmin, isAuditor, invitedByName } = row;
  return {
    id,
    email,
    projectId,
    role,
    isAdmin,
    isAuditor,
    invitedByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    expired: row.expiresAt <= now,
  };
}

export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A new one-time secret, and what of it is stored; good for seven days. */
export function newToken(now: Date): {
  token: string;
  stored: { tokenHash: string; expiresAt: Date };
} {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  return { token, stored: { tokenHash: tokenHash(token), expiresAt } };
}

/** Where the link leads, below the portal's own address. */
export function invitationPath(token: string): string {
  return `/invite/${token}`;
}

/** What is not accepted, revoked or too old. */
export function open(now: Date): Prisma.InvitationWhereInput {
  return { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
}

/**
 * The invitation of a link while it can be accepted, or null: also when the one who made it may
 * no longer invite, so that no right outlives its giver's.
 */
export async function openInvitation(
  db: Pick<Prisma.TransactionClient, "invitation" | "user">,
  token: string,
  now: Date,
): Promise<(Invitation & { project: { slug: string; name: string } | null }) | null> {
  const row = await db.invitation.findFirst({
    where: { tokenHash: tokenHash(token), ...open(now) },
    include: { project: { select: { slug: true, name: true } } },
  });
  if (row === null) return null;
  const inviter = await db.user.findFirst({
    where: { id: row.invitedById, disabledAt: null },
    select: {
      isAdmin: true,
      isAuditor: true,
      memberships: { select: { projectId: true, role: true } },
    },
  });
  if (inviter === null) return null;
  const forAll = row.projectId === null || row.isAdmin || row.isAuditor;
  if (forAll && !can(inviter, "user.manage")) return null;
  if (row.projectId !== null && !can(inviter, "member.manage", row.projectId)) return null;
  return row;
}

export function invitationGone(): AppError {
  return new AppError({
    code: "not_found",
    message: "invitation refused",
    userMessage: { key: "invitation.gone" },
  });
}
