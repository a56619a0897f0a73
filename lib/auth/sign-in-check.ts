import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { ownCookie } from "./own-cookie";
import { readCookie } from "./read-cookie";

export const checkLimits = {
  /** From the right password to the right code; a challenge of a passkey lives no longer. */
  lifetimeMs: 5 * 60_000,
  /** Wrong codes, after which the password is asked for again. */
  attempts: 5,
} as const;

/** The cookie that names a sign-in between password and second factor. */
export function checkCookieName(): string {
  return ownCookie("portico-check").name;
}

function hashOf(token: string): string {
  return createHash("sha256").update(`check ${token}`).digest("base64url");
}

/**
 * Notes that this person's password was right. Returns the token for the cookie; its hash is what
 * is kept, and how far the sign-in got is known to this row alone.
 */
export async function startCheck(
  db: Pick<Db, "signInCheck">,
  userId: string,
  now: Date,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + checkLimits.lifetimeMs);
  await db.signInCheck.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.signInCheck.create({
    data: { tokenHash: hashOf(token), userId, createdAt: now, expiresAt },
  });
  return token;
}

function live(now: Date) {
  return {
    usedAt: null,
    expiresAt: { gt: now },
    attempts: { lt: checkLimits.attempts },
    user: { disabledAt: null },
  };
}

/** The sign-in that this Cookie header names, with its person, while it may go on; or null. */
export async function liveCheck(db: Pick<Db, "signInCheck">, cookie: string | null, now: Date) {
  const token = readCookie(cookie, checkCookieName());
  if (token === null) return null;
  return db.signInCheck.findFirst({
    where: { tokenHash: hashOf(token), ...live(now) },
    include: { user: { include: { passkeys: true } } },
  });
}

/** Counts an attempt before it is looked at; false when there is none left. */
export async function takeAttempt(
  db: Pick<Db, "signInCheck">,
  tokenHash: string,
  now: Date,
): Promise<boolean> {
  const taken = await db.signInCheck.updateMany({
    where: { tokenHash, ...live(now) },
    data: { attempts: { increment: 1 } },
  });
  return taken.count === 1;
}

/** Uses the sign-in up; false when somebody was faster. */
export async function closeCheck(
  db: Pick<Db, "signInCheck">,
  tokenHash: string,
  now: Date,
): Promise<boolean> {
  const closed = await db.signInCheck.updateMany({
    where: { tokenHash, usedAt: null, user: { disabledAt: null } },
    data: { usedAt: now },
  });
  return closed.count === 1;
}
