import { AppError } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";

/** How long a proof of who one is holds, in milliseconds. */
export const proofMs = 15 * 60_000;

/**
 * For what a stolen session must not be able to do: throws `auth.forbidden` with the message
 * `auth.prove_again` unless the person signed in or confirmed who they are within 15 minutes. The
 * browser then asks and tries again (components/account/prove-dialog.tsx). A program passes: it
 * cannot be asked, and the scopes of its token were given by somebody who had proved it.
 */
export async function assertProvedRecently(ctx: Context): Promise<void> {
  if (ctx.actor.token !== null) return;
  const session = await ctx.db.session.findUnique({
    where: { id: ctx.actor.sessionId },
    select: { provedAt: true },
  });
  const provedAt = session?.provedAt?.getTime() ?? 0;
  if (ctx.clock().getTime() - provedAt < proofMs) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `${ctx.actor.userId} has not proved lately who they are`,
    userMessage: { key: "auth.prove_again" },
  });
}
