import { recoveryCodeHash } from "@/lib/auth/recovery-code";
import { openSecret } from "@/lib/auth/sealed-secret";
import { totpStepOf } from "@/lib/auth/totp";
import type { Db } from "@/lib/db/client";

/** The columns of a user that a code of the app is checked against. */
export interface TotpUser {
  id: string;
  totpSecret: string | null;
  totpConfirmedAt: Date | null;
}

/**
 * Whether the code is the app's now, using its time step up: it and all before it work no more,
 * also when two requests bring the same code at once.
 */
export async function takeTotpCode(
  db: Pick<Db, "user">,
  user: TotpUser,
  code: string,
  now: Date,
): Promise<boolean> {
  const { id, totpSecret, totpConfirmedAt } = user;
  if (totpSecret === null || totpConfirmedAt === null) return false;
  const secret = openSecret(totpSecret, id);
  const step = secret === null ? null : totpStepOf(secret, code, now);
  if (step === null) return false;
  const taken = await db.user.updateMany({
    where: { id, totpSecret, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return taken.count === 1;
}

/** Whether it is one of the person's unused recovery codes, using it up. */
export async function takeRecoveryCode(
  db: Pick<Db, "recoveryCode">,
  userId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const taken = await db.recoveryCode.updateMany({
    where: { userId, codeHash: recoveryCodeHash(code), usedAt: null },
    data: { usedAt: now },
  });
  return taken.count === 1;
}
