import { isAlive } from "@/lib/auth/session-limits";
import type { Actor } from "@/lib/policies/actor";
import { rightsOfToken } from "@/lib/policies/token-rights";
import type { Context } from "../context";

type Doors = Pick<Context, "actor" | "db" | "clock">;

const userSelect = {
  isAdmin: true,
  isAuditor: true,
  disabledAt: true,
  memberships: { select: { projectId: true, role: true } },
} as const;

/** The actor as the database has him at this moment; null once what he came with has ended. */
export async function actorNow(ctx: Doors): Promise<Actor | null> {
  return ctx.actor.token === null ? personNow(ctx) : programNow(ctx, ctx.actor.token);
}

async function personNow({ actor, db, clock }: Doors): Promise<Actor | null> {
  const session = await db.session.findUnique({
    where: { id: actor.sessionId },
    include: { user: { select: userSelect } },
  });
  if (session === null || session.user.disabledAt !== null) return null;
  if (!isAlive(session, clock())) return null;
  const { isAdmin, isAuditor, memberships } = session.user;
  return { ...actor, isAdmin, isAuditor, memberships };
}

async function programNow(
  { actor, db, clock }: Doors,
  token: NonNullable<Actor["token"]>,
): Promise<Actor | null> {
  const row = await db.apiToken.findUnique({
    where: { id: token.id },
    include: { user: { select: userSelect } },
  });
  if (row === null || row.revokedAt !== null || row.expiresAt <= clock()) return null;
  return row.user.disabledAt === null ? { ...actor, ...rightsOfToken(row), token } : null;
}
