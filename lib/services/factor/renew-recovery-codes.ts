import { hasSecondFactor } from "@/lib/auth/required-factor";
import { AppError } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";
import { replaceRecoveryCodes } from "./recovery-codes";

/**
 * Ten new recovery codes, shown once; the old ones are worth nothing any more. Throws
 * `conflict.rule` without a factor to stand in for, `auth.forbidden` without a recent proof.
 */
export async function renewRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  return ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      include: { _count: { select: { passkeys: true } } },
    });
    if (!hasSecondFactor(user)) {
      throw new AppError({
        code: "conflict.rule",
        message: "recovery codes without a second factor",
        userMessage: { key: "auth.no_factor" },
      });
    }
    const recoveryCodes = await replaceRecoveryCodes(tx, userId);
    await writeAudit(
      { ...ctx, db: tx },
      { action: "factor.recovery_codes", outcome: "ok", targetType: "user", targetId: userId },
    );
    return { recoveryCodes };
  });
}
