import { isAlive } from "@/lib/auth/session-limits";
import type { Actor } from "@/lib/policies/actor";
import type { Context } from "../context";

/** The actor as the database has him at this moment; null once session or account has ended. */
export async function actorNow(
  ctx: Pick<Context, "actor" | "db" | "clock">,
): Promise<Actor | null> {
  const session = await ctx.db.session.findUnique({
    where: { id: ctx.actor.sessionId },
    include: {
      user: {
        select: {
          isAdmin: true,
          isAuditor: true,
          disabledAt: true,
          memberships: { select: { projectId: true, role: true } },
        },
      },
    },
  });
  if (session === null || session.user.disabledAt !== null) return null;
  if (!isAlive(session, ctx.clock())) return null;
  const { isAdmin, isAuditor, memberships } = session.user;
  return { ...ctx.actor, isAdmin, isAuditor, memberships };
}
