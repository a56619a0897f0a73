import type { z } from "zod";
import { makeResetToken, resetLifetimeMs, resetPath } from "@/lib/auth/reset-token";
import { AppError } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";
import { assertSomebodyElse, findUser, type userIdSchema, userTarget } from "./user-rules";

/** Shown once, to the administrator who made it. */
export interface ResetLink {
  /** Below the portal's own address; whoever shows it puts the origin in front. */
  path: string;
  /** ISO time. */
  expiresAt: string;
}

/**
 * Makes a one-time link by which a user sets a new password within an hour. Second factors stay.
 * Throws `auth.forbidden` for everybody but administrators and without a recent proof,
 * `not_found`, and `conflict.rule` for the own account and one that is disabled.
 */
export async function makeResetLink(
  ctx: Context,
  input: z.output<typeof userIdSchema>,
): Promise<ResetLink> {
  assertCan(ctx.actor, "user.manage");
  assertSomebodyElse(ctx, input.userId);
  await assertProvedRecently(ctx);
  const now = ctx.clock();
  return ctx.db.$transaction(async (tx) => {
    const user = await findUser(tx, input.userId);
    if (user.disabledAt !== null) {
      throw new AppError({
        code: "conflict.rule",
        message: "a disabled user cannot sign in anyway",
        userMessage: { key: "user.disabled_first_enable" },
      });
    }
    const token = await makeResetToken(tx, user.id, now);
    await writeAudit(
      { ...ctx, db: tx },
      { action: "user.make_reset_link", outcome: "ok", ...userTarget(user) },
    );
    const expiresAt = new Date(now.getTime() + resetLifetimeMs).toISOString();
    return { path: resetPath(token), expiresAt };
  });
}
