import { z } from "zod";
import { endAllSessions, endSession } from "@/lib/auth/session";
import { notFound } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const revokeSessionSchema = z.object({ sessionId: z.string().min(1).max(100) });

/** Ends one of the actor's own sessions. Anybody else's is `not_found`. */
export async function revokeSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  assertPerson(ctx.actor);
  const own = await ctx.db.session.count({
    where: { id: input.sessionId, userId: ctx.actor.userId, revokedAt: null },
  });
  if (own === 0) throw notFound("session");
  await endSession(ctx.db, input.sessionId);
  await writeAudit(ctx, { action: "session.revoke", outcome: "ok", detail: { sessions: 1 } });
}

/** Ends all of the actor's sessions but the one of this request. */
export async function revokeOtherSessions(ctx: Context): Promise<void> {
  assertPerson(ctx.actor);
  await endAllSessions(ctx.db, ctx.actor.userId, ctx.actor.sessionId);
  await writeAudit(ctx, { action: "session.revoke_others", outcome: "ok" });
}
