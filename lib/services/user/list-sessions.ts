import { isAlive } from "@/lib/auth/session-limits";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";

export interface SessionView {
  id: string;
  /** ISO times. */
  createdAt: string;
  seenAt: string;
  ip: string;
  userAgent: string;
  /** The session of this request. */
  current: boolean;
}

/** The actor's own live sessions, the current one first, then the most recently used. */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  assertPerson(ctx.actor);
  const now = ctx.clock();
  const rows = await ctx.db.session.findMany({
    where: { userId: ctx.actor.userId, revokedAt: null },
    orderBy: { seenAt: "desc" },
  });
  const views = rows
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      seenAt: row.seenAt.toISOString(),
      ip: row.ip,
      userAgent: row.userAgent,
      current: row.id === ctx.actor.sessionId,
    }));
  return views.sort((a, b) => Number(b.current) - Number(a.current));
}
