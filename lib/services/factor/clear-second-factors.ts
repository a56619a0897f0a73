import { z } from "zod";
import { endAllSessions } from "@/lib/auth/session";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";

export const clearSecondFactorsSchema = z.object({ userId: z.string().min(1).max(100) });

/**
 * For who has lost their phone and their recovery codes: takes app, passkeys and codes away, so
 * that the password alone signs in, and ends the person's sessions. Throws `auth.forbidden` for
 * everybody but administrators and without a recent proof, `not_found`.
 */
export async function clearSecondFactors(
  ctx: Context,
  input: z.output<typeof clearSecondFactorsSchema>,
): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  await assertProvedRecently(ctx);
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: input.userId } });
    if (user === null) throw notFound("user");
    const { count: passkeys } = await tx.passkey.deleteMany({ where: { userId: user.id } });
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    await tx.user.update({
      where: { id: user.id },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    });
    await endAllSessions(tx, user.id);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "user.clear_factors",
        outcome: "ok",
        targetType: "user",
        targetId: user.id,
        targetName: user.email,
        detail: { totp: user.totpConfirmedAt !== null, passkeys },
      },
    );
  });
}
