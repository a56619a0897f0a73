import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { announceEnded } from "./session-events";
import { sessionLimits } from "./session-limits";

/** Row id of the session whose secret the cookie carries: who reads the table cannot sign in. */
export function sessionIdOf(sessionSecret: string): string {
  return createHash("sha256").update(sessionSecret).digest("base64url");
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
