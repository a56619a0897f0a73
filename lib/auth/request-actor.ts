import { type Db, db as processDb } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { lacksRequiredFactor } from "./required-factor";
import { whereSecret } from "./session";
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

/** Who sends a request, and whether they may go nowhere but to the enrolment of a factor. */
export interface RequestPerson {
  actor: Actor;
  mustEnrol: boolean;
}

/**
 * Who sends this request and may do what they have the rights for, or null: without a session,
 * and while a second factor is required that they have not set up. For pages, route handlers and
 * raw upgrade requests alike.
 */
export async function actorOfRequest(
  facts: RequestFacts,
  db: Db = processDb(),
  now: Date = new Date(),
): Promise<Actor | null> {
  const person = await personOfRequest(facts, db, now);
  return person === null || person.mustEnrol ? null : person.actor;
}

/**
 * Who sends this request, or null. The cookie only names a session; its row and its user's row
 * decide, anew for every request. For the enrolment alone: everything else asks actorOfRequest.
 */
export async function personOfRequest(
  facts: RequestFacts,
  db: Db = processDb(),
  now: Date = new Date(),
): Promise<RequestPerson | null> {
  const secret = await unsealSession(facts.cookie);
  const session = secret === null ? null : await liveSession(secret, db, now);
  if (session === null) return null;
  const { user } = session;
  if (now.getTime() - session.seenAt.getTime() > sessionLimits.touchMs) {
    const seen = { seenAt: now, ip: facts.ip, userAgent: (facts.userAgent ?? "").slice(0, 300) };
    await db.session.updateMany({ where: { id: session.id, revokedAt: null }, data: seen });
  }
  const actor: Actor = {
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
  return { actor, mustEnrol: await lacksRequiredFactor(db, user) };
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
  const session = await db.session.findFirst({
    where: whereSecret(secret, now),
    include: {
      user: {
        include: {
          memberships: { select: { projectId: true, role: true } },
          _count: { select: { passkeys: true } },
        },
      },
    },
  });
  if (session === null || !isAlive(session, now) || session.user.disabledAt !== null) return null;
  return session;
}
