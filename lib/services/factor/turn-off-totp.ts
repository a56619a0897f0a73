import { notFound } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";
import { dropIdleRecoveryCodes } from "./recovery-codes";

/**
 * Forgets the actor's authenticator app. Throws `not_found` when there is none, `auth.forbidden`
 * without a recent proof.
 */
export async function turnOffTotp(ctx: Context): Promise<void> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  await ctx.db.$transaction(async (tx) => {
    const off = await tx.user.updateMany({
      where: { id: userId, totpConfirmedAt: { not: null } },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    });
    if (off.count !== 1) throw notFound("authenticator app");
    await dropIdleRecoveryCodes(tx, userId);
    await writeAudit(
      { ...ctx, db: tx },
      { action: "factor.totp_off", outcome: "ok", targetType: "user", targetId: userId },
    );
  });
}
