import { createHash, randomBytes } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import type { Db } from "@/lib/db/client";
import { authSecret } from "./secret";

/** How long a WebAuthn challenge may be answered, in milliseconds. */
export const challengeMs = 5 * 60_000;

/** What a challenge is for, and for whom: a session's id, or "" for a stranger's browser. */
export interface ChallengeUse {
  purpose: "register" | "prove" | "sign-in";
  holder: string;
}

/** A random challenge of 256 bits, base64url. */
export function newChallenge(): string {
  return randomBytes(32).toString("base64url");
}

/** A random challenge, and the sealed note by which it is known again: no row is written for it. */
export async function makeChallenge(
  use: ChallengeUse,
  now: Date,
): Promise<{ challenge: string; ticket: string }> {
  const challenge = newChallenge();
  const ticket = await encode({
    token: { challenge, holder: use.holder, until: now.getTime() + challengeMs },
    secret: authSecret(),
    maxAge: challengeMs / 1000,
    salt: `challenge: ${use.purpose}`,
  });
  return { challenge, ticket };
}

/** The challenge in a note of ours for this very use, while it may be answered; or null. */
export async function openChallenge(
  ticket: string | null,
  use: ChallengeUse,
  now: Date,
): Promise<string | null> {
  if (ticket === null) return null;
  try {
    const salt = `challenge: ${use.purpose}`;
    const note = await decode({ token: ticket, secret: authSecret(), salt });
    if (typeof note?.challenge !== "string" || typeof note.until !== "number") return null;
    return note.holder === use.holder && note.until > now.getTime() ? note.challenge : null;
  } catch {
    return null;
  }
}

/**
 * Uses a challenge up, for it works once; false when it has been used before. The mark is kept for
 * as long as the note could be shown again.
 */
export async function spendChallenge(
  db: Pick<Db, "signInCheck">,
  challenge: string,
  userId: string,
  now: Date,
): Promise<boolean> {
  const tokenHash = createHash("sha256").update(`challenge ${challenge}`).digest("base64url");
  const expiresAt = new Date(now.getTime() + challengeMs);
  await db.signInCheck.deleteMany({ where: { expiresAt: { lte: now } } });
  try {
    await db.signInCheck.create({
      data: { tokenHash, userId, createdAt: now, usedAt: now, expiresAt },
    });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "P2002") return false;
    throw error;
  }
}
