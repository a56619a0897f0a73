import { z } from "zod";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { endAccess } from "./end-access";
import {
  assertAdminLeft,
  assertSomebodyElse,
  findUser,
  userIdSchema,
  userTarget,
} from "./user-rules";

export const setUserDisabledSchema = userIdSchema.extend({ disabled: z.boolean() });

/**
 * Lets a user in no more, or again. His sessions, tokens,
 * streams, uploads and consoles end at once. Throws
 * `auth.forbidden` for everybody but administrators, `not_found`, and `conflict.rule` for the
 * own account and when it would leave the installation without an enabled administrator.
 */
export async function setUserDisabled(
  ctx: Context,
  input: z.output<typeof setUserDisabledSchema>,
): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  assertSomebodyElse(ctx, input.userId);
  await ctx.db.$transaction(async (tx) => {
    const user = await findUser(tx, input.userId);
    await tx.user.update({
      where: { id: user.id },
      data: { disabledAt: input.disabled ? ctx.clock() : null },
    });
    await assertAdminLeft(tx);
    if (input.disabled) await endAccess(tx, user.id);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: input.disabled ? "user.disable" : "user.enable",
        outcome: "ok",
        ...userTarget(user),
      },
    );
  });
}
