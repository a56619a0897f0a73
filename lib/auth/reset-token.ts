import { createHash, randomBytes } from "node:crypto";
import type { Prisma } from "@/lib/db/generated/client";

/** How long a link to a new password is good, in milliseconds. */
export const resetLifetimeMs = 3_600_000;

export function resetTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Where a link leads, below the portal's own address. */
export function resetPath(token: string): string {
  return `/reset/${token}`;
}

/** A new one-time token that sets a user's password; its hash is stored, for an hour. */
export async function makeResetToken(
  db: Pick<Prisma.TransactionClient, "passwordReset">,
  userId: string,
  now: Date,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.passwordReset.deleteMany({ where: { userId, expiresAt: { lte: now } } });
  await db.passwordReset.create({
    data: {
      tokenHash: resetTokenHash(token),
      userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + resetLifetimeMs),
    },
  });
  return token;
}

/** The rows of a token that may be used right now, for a person who may sign in: one or none. */
export function usableReset(token: string, now: Date): Prisma.PasswordResetWhereInput {
  return {
    tokenHash: resetTokenHash(token),
    usedAt: null,
    expiresAt: { gt: now },
    user: { disabledAt: null },
  };
}
