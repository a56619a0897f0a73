import { endSession } from "@/lib/auth/session";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

/** Ends the session of this very request, and cuts its streams and consoles. */
export async function signOut(ctx: Context): Promise<void> {
  await endSession(ctx.db, ctx.actor.sessionId);
  await writeAudit(ctx, { action: "session.sign_out", outcome: "ok" });
}
