import type { z } from "zod";
import { endAllSessions } from "@/lib/auth/session";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertSomebodyElse, findUser, type userIdSchema, userTarget } from "./user-rules";

/**
 * Ends all of a user's sessions and what is open on them. Throws `auth.forbidden` for everybody
 * but administrators, `not_found`, and `conflict.rule` for the own account.
 */
export async function signOutUser(
  ctx: Context,
  input: z.output<typeof userIdSchema>,
): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  assertSomebodyElse(ctx, input.userId);
  await ctx.db.$transaction(async (tx) => {
    const user = await findUser(tx, input.userId);
    await endAllSessions(tx, user.id);
    await writeAudit(
      { ...ctx, db: tx },
      { action: "user.sign_out", outcome: "ok", ...userTarget(user) },
    );
  });
}
