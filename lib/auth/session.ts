import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { announceEnded } from "./session-events";
import { sessionLimits } from "./session-limits";

/** How long a secret that was replaced is good for requests that were under way, in milliseconds. */
export const formerSecretMs = 5_000;

/** Row id of the session that begins with this secret: who reads the table cannot sign in. */
export function sessionIdOf(sessionSecret: string): string {
  return createHash("sha256").update(sessionSecret).digest("base64url");
}

/** The row of the session whose cookie carries this secret now, or did a moment ago. */
export function whereSecret(sessionSecret: string, now: Date) {
  const hash = sessionIdOf(sessionSecret);
  return {
    OR: [
      { id: hash, secretHash: null },
      { secretHash: hash },
      { formerHash: hash, formerUntil: { gt: now } },
    ],
  };
}

/** Makes a session row. The secret goes into the cookie and is kept nowhere. */
export async function startSession(
  db: Pick<Db, "session">,
  input: { userId: string; ip: string; userAgent: string; now: Date },
): Promise<{ sessionId: string; secret: string }> {
  const secret = randomBytes(32).toString("base64url");
  const sessionId = sessionIdOf(secret);
  await db.session.create({
    data: {
      id: sessionId,
      userId: input.userId,
      ip: input.ip,
      userAgent: input.userAgent.slice(0, 300),
      createdAt: input.now,
      seenAt: input.now,
      provedAt: input.now,
      expiresAt: new Date(input.now.getTime() + sessionLimits.absoluteMs),
    },
  });
  return { sessionId, secret };
}

/**
 * Gives a session another secret, for the cookie: whoever has copied the one before loses it.
 * Null when the session has ended, or somebody else gives it one at this moment.
 */
export async function renewSecret(
  db: Pick<Db, "session">,
  sessionId: string,
  now: Date,
): Promise<string | null> {
  const row = await db.session.findUnique({ where: { id: sessionId } });
  if (row === null) return null;
  const secret = randomBytes(32).toString("base64url");
  const { count } = await db.session.updateMany({
    where: { id: sessionId, revokedAt: null, secretHash: row.secretHash },
    data: {
      secretHash: sessionIdOf(secret),
      formerHash: row.secretHash ?? sessionId,
      formerUntil: new Date(now.getTime() + formerSecretMs),
    },
  });
  return count === 1 ? secret : null;
}

/** Ends the session with this secret, as `endSession` does. */
export async function endSessionWith(
  db: Pick<Db, "session">,
  sessionSecret: string,
  now: Date,
): Promise<void> {
  const row = await db.session.findFirst({ where: whereSecret(sessionSecret, now) });
  if (row !== null) await endSession(db, row.id);
}

/** Ends one session, and cuts what is open on it. Nothing happens when it has ended before. */
export async function endSession(db: Pick<Db, "session">, sessionId: string): Promise<void> {
  await end(db, { id: sessionId });
}

/**
 * Ends a user's sessions, all or all but one, and cuts what is open on them. A sign-in that waits
 * for its second factor ends with them.
 */
export async function endAllSessions(
  db: Pick<Db, "session" | "signInCheck">,
  userId: string,
  exceptSessionId?: string,
): Promise<void> {
  await db.signInCheck.deleteMany({ where: { userId, usedAt: null } });
  await end(db, {
    userId,
    id: exceptSessionId === undefined ? undefined : { not: exceptSessionId },
  });
}

async function end(
  db: Pick<Db, "session">,
  where: { id?: string | { not: string }; userId?: string },
): Promise<void> {
  const open = await db.session.findMany({
    where: { ...where, revokedAt: null },
    select: { id: true },
  });
  const ids = open.map((each) => each.id);
  await db.session.updateMany({ where: { id: { in: ids } }, data: { revokedAt: new Date() } });
  announceEnded(ids);
}
