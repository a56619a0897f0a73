import type { Actor } from "@/lib/policies/actor";
import type { Context } from "../context";

/** The actor as the database has him at this moment; null once session or account has ended. */
export async function actorNow(
  ctx: Pick<Context, "actor" | "db" | "clock">,
): Promise<Actor | null> {
  const { actor, db, clock } = ctx;
  const session = await db.session.findFirst({
    where: {
      id: actor.sessionId,
      revokedAt: null,
      expiresAt: { gt: clock() },
      user: { disabledAt: null },
    },
    select: {
      user: {
        select: {
          isAdmin: true,
          memberships: { select: { projectId: true, role: true } },
        },
      },
    },
  });
  return session && { ...actor, ...session.user };
}
