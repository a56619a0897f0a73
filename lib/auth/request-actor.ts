import { type Db, db as processDb } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { sessionIdOf } from "./session";
import { unsealSession } from "./session-cookie";
import { isAlive, sessionLimits } from "./session-limits";

/** What a request says about its sender, however it came in. */
export interface RequestFacts {
  /** The Cookie header. */
  cookie: string | null | undefined;
  /** The client's address, as the server saw it. */
  ip: string;
  userAgent: string | null | undefined;
}

/**
 * Who sends this request, or null. The cookie only names a session; its row and its user's row
 * decide, anew for every request. For pages, route handlers and raw upgrade requests alike.
 */
export async function actorOfRequest(
  facts: RequestFacts,
  db: Db = processDb(),
  now: Date = new Date(),
): Promise<Actor | null> {
  const secret = await unsealSession(facts.cookie);
  const session = secret === null ? null : await liveSession(secret, db, now);
  if (session === null) return null;
  const { user } = session;
  if (now.getTime() - session.seenAt.getTime() > sessionLimits.touchMs) {
    const seen = { seenAt: now, ip: facts.ip, userAgent: (facts.userAgent ?? "").slice(0, 300) };
    await db.session.updateMany({ where: { id: session.id, revokedAt: null }, data: seen });
  }
  return {
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    name: user.name,
    isAdmin: user.isAdmin,
    isAuditor: user.isAuditor,
    memberships: user.memberships,
    ip: facts.ip,
    token: null,
  };
}

/** Whose the session with this secret is; null when it has ended. */
export async function personOfSession(
  secret: string,
  db: Db,
  now: Date,
): Promise<{ userId: string; name: string; email: string } | null> {
  const session = await liveSession(secret, db, now);
  if (session === null) return null;
  const { id, name, email } = session.user;
  return { userId: id, name, email };
}

async function liveSession(secret: string, db: Db, now: Date) {
  const session = await db.session.findUnique({
    where: { id: sessionIdOf(secret) },
    include: {
      user: { include: { memberships: { select: { projectId: true, role: true } } } },
    },
  });
  if (session === null || !isAlive(session, now) || session.user.disabledAt !== null) return null;
  return session;
}
