import { endAllSessions } from "@/lib/auth/session";
import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

/**
 * Lets a user in no more, or again. His sessions, streams and consoles end at once. Throws
 * `auth.forbidden` for everybody but administrators, `not_found`, and `conflict.rule` when it
 * would leave the installation without an enabled administrator.
 */
export async function setUserDisabled(
  ctx: Context,
  input: { userId: string; disabled: boolean },
): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: input.userId } });
    if (user === null) throw notFound("user");
    await tx.user.update({
      where: { id: user.id },
      data: { disabledAt: input.disabled ? ctx.clock() : null },
    });
    if ((await tx.user.count({ where: { isAdmin: true, disabledAt: null } })) === 0) {
      throw new AppError({
        code: "conflict.rule",
        message: "the last administrator cannot be disabled",
        userMessage: { key: "auth.last_admin" },
      });
    }
    if (input.disabled) await endAllSessions(tx, user.id);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: input.disabled ? "user.disable" : "user.enable",
        outcome: "ok",
        targetType: "user",
        targetId: user.id,
        targetName: user.email,
      },
    );
  });
}
