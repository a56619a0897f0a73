import { z } from "zod";
import { countConfirmation } from "@/lib/auth/rate-limit";
import { openSecret } from "@/lib/auth/sealed-secret";
import { totpStepOf } from "@/lib/auth/totp";
import { AppError } from "@/lib/model/errors";
import { totpCodeSchema } from "@/lib/model/proof";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";
import { firstRecoveryCodes } from "./recovery-codes";

export const confirmTotpSchema = z.object({ code: totpCodeSchema });

/**
 * Takes the app's first code as the proof that it has the secret; from now on sign-ins ask for
 * one. Gives recovery codes to who had none, to be shown once. Throws `input.invalid` naming
 * `code`, `conflict.stale` when no enrolment is under way, `rate.limited`.
 */
export async function confirmTotp(
  ctx: Context,
  input: z.output<typeof confirmTotpSchema>,
): Promise<{ recoveryCodes: string[] | null }> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  const uncount = await countConfirmation(userId);
  const now = ctx.clock();
  const { totpSecret } = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const secret = totpSecret === null ? null : openSecret(totpSecret, userId);
  const step = secret === null ? null : totpStepOf(secret, input.code, now);
  const audit = { action: "factor.totp_on", targetType: "user", targetId: userId } as const;
  if (step === null) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw new AppError({
      code: "input.invalid",
      message: "the app's first code was wrong",
      fields: { code: { key: "field.code.wrong" } },
    });
  }
  await uncount();
  return ctx.db.$transaction(async (tx) => {
    const confirmed = await tx.user.updateMany({
      where: { id: userId, totpSecret, totpConfirmedAt: null },
      data: { totpConfirmedAt: now, totpLastStep: step },
    });
    if (confirmed.count !== 1) {
      throw new AppError({
        code: "conflict.stale",
        message: "the enrolment has changed meanwhile",
      });
    }
    const recoveryCodes = await firstRecoveryCodes(tx, userId);
    await writeAudit({ ...ctx, db: tx }, { ...audit, outcome: "ok" });
    return { recoveryCodes };
  });
}
