import { newChallenge } from "@/lib/auth/challenge";
import { knownDevice } from "@/lib/auth/device-cookie";
import { type AssertionOptions, assertionOptions } from "@/lib/auth/passkey";
import { countCode } from "@/lib/auth/rate-limit";
import type { RelyingParty } from "@/lib/auth/relying-party";
import { checkLimits, closeCheck, liveCheck, takeAttempt } from "@/lib/auth/sign-in-check";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import type { SecondFactor } from "@/lib/model/proof";
import { takeRecoveryCode, takeTotpCode } from "@/lib/services/factor/take-code";
import { takePasskey } from "@/lib/services/factor/take-passkey";
import { type SignedIn, startSignedIn } from "./admit-user";
import { auditRefusal } from "./audit-refusal";
import type { Visitor } from "./visitor";

type Check = NonNullable<Awaited<ReturnType<typeof liveCheck>>>;

/** By what a sign-in that waits may go on. */
export interface PendingView {
  totp: boolean;
  passkey: boolean;
}

/** The sign-in that this browser has begun with the right password; null when there is none. */
export async function pendingSignIn(visitor: Visitor): Promise<PendingView | null> {
  const check = await liveCheck(visitor.db, visitor.cookie, visitor.clock());
  if (check === null) return null;
  const { totpConfirmedAt, passkeys } = check.user;
  return { totp: totpConfirmedAt !== null, passkey: passkeys.length > 0 };
}

/**
 * The question for a passkey as the second factor; its challenge is kept with the sign-in, and
 * asking again replaces it. Throws `auth.required` when there is no sign-in to go on with.
 */
export async function askSecondPasskey(
  visitor: Visitor,
  rp: RelyingParty | null,
): Promise<AssertionOptions> {
  const check = await liveCheck(visitor.db, visitor.cookie, visitor.clock());
  if (check === null || rp === null || check.user.passkeys.length === 0) throw over();
  const challenge = newChallenge();
  await visitor.db.signInCheck.updateMany({
    where: { tokenHash: check.tokenHash, usedAt: null },
    data: { challenge },
  });
  return assertionOptions(rp, check.user.passkeys, challenge);
}

/**
 * Takes the second factor and starts the session. Throws `input.invalid` naming `code` or
 * `passkey` when it is wrong, `auth.required` when the sign-in is over: too late, too many wrong
 * codes, used, or never begun; `rate.limited`.
 */
export async function finishSignIn(
  visitor: Visitor,
  given: SecondFactor,
  rp: RelyingParty | null,
): Promise<SignedIn> {
  const now = visitor.clock();
  const check = await liveCheck(visitor.db, visitor.cookie, now);
  if (check === null) throw over();
  const device = await knownDevice(visitor.cookie);
  const deviceId = device?.userId === check.userId ? device.deviceId : null;
  const uncount = await countCode({ userId: check.userId, ip: visitor.ip, deviceId });
  if (!(await takeAttempt(visitor.db, check.tokenHash, now))) throw over();
  const signedIn = await visitor.db.$transaction(async (tx) => {
    if (!(await isRight(tx, check, given, rp, now))) return null;
    if (!(await closeCheck(tx, check.tokenHash, now))) throw over();
    return startSignedIn(visitor, tx, check.user, given.by);
  });
  if (signedIn !== null) {
    await uncount();
    return signedIn;
  }
  await auditRefusal(visitor, check.user, given.by);
  if (check.attempts + 1 >= checkLimits.attempts) throw over();
  const field = given.by === "passkey" ? "passkey" : "code";
  throw new AppError({
    code: "input.invalid",
    message: `wrong ${given.by}`,
    fields: { [field]: { key: field === "code" ? "field.code.wrong" : "field.passkey.refused" } },
  });
}

async function isRight(
  tx: Prisma.TransactionClient,
  check: Check,
  given: SecondFactor,
  rp: RelyingParty | null,
  now: Date,
): Promise<boolean> {
  const { userId, user, challenge } = check;
  if (given.by === "totp") return takeTotpCode(tx, user, given.code, now);
  if (given.by === "recovery") return takeRecoveryCode(tx, userId, given.code, now);
  if (challenge === null) return false;
  // Once, whether the answer is right or not.
  const spent = await tx.signInCheck.updateMany({
    where: { tokenHash: check.tokenHash, challenge },
    data: { challenge: null },
  });
  const { response } = given;
  if (spent.count !== 1) return false;
  return takePasskey(tx, { rp, userId, response, challenge, userVerified: false, now });
}

function over(): AppError {
  return new AppError({
    code: "auth.required",
    message: "no sign-in to go on with",
    userMessage: { key: "auth.check_over" },
  });
}
