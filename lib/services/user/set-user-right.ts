import { z } from "zod";
import { type UserRight, userRights } from "@/lib/model/user";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";
import { publish } from "@/lib/services/live/bus";
import {
  assertAdminLeft,
  assertSomebodyElse,
  findUser,
  userIdSchema,
  userTarget,
} from "./user-rules";

export const setUserRightSchema = userIdSchema.extend({ right: z.enum(userRights) });

export function rightOf(user: { isAdmin: boolean; isAuditor: boolean }): UserRight {
  if (user.isAdmin) return "admin";
  return user.isAuditor ? "auditor" : "none";
}

/**
 * Makes a user an administrator, an auditor or neither: nobody is both. What it no
 * longer allows is cut at once. Throws `auth.forbidden` for everybody but administrators and without a recent
 * proof, `not_found`, and `conflict.rule` for the own account and the last administrator.
 */
export async function setUserRight(
  ctx: Context,
  input: z.output<typeof setUserRightSchema>,
): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  assertSomebodyElse(ctx, input.userId);
  await assertProvedRecently(ctx);
  await ctx.db.$transaction(async (tx) => {
    const user = await findUser(tx, input.userId);
    await tx.user.update({
      where: { id: user.id },
      data: {
        isAdmin: input.right === "admin",
        isAuditor: input.right === "auditor",
        // From now on it is given by hand, whatever the OIDC provider's groups say.
        oidcRight: null,
      },
    });
    await assertAdminLeft(tx);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "user.set_right",
        outcome: "ok",
        ...userTarget(user),
        detail: { before: rightOf(user), right: input.right },
      },
    );
  });
  publish({ type: "rights", projectId: null, userId: input.userId });
}
