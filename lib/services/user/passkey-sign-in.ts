import { makeChallenge, openChallenge, spendChallenge } from "@/lib/auth/challenge";
import { type AssertionOptions, assertionOptions } from "@/lib/auth/passkey";
import { countAddress } from "@/lib/auth/rate-limit";
import type { RelyingParty } from "@/lib/auth/relying-party";
import { AppError } from "@/lib/model/errors";
import type { PasskeyAssertion, PasskeyQuestion } from "@/lib/model/passkey";
import { takePasskey } from "@/lib/services/factor/take-passkey";
import { type SignedIn, startSignedIn } from "./admit-user";
import { auditRefusal } from "./audit-refusal";
import type { Visitor } from "./visitor";

const use = { purpose: "sign-in", holder: "" } as const;

/**
 * The question for any passkey of this portal, and the sealed note for the browser's cookie. No
 * row is written: strangers may ask as often as they like. Null where passkeys cannot work.
 */
export async function askAnyPasskey(
  visitor: Visitor,
  rp: RelyingParty | null,
): Promise<PasskeyQuestion<AssertionOptions> | null> {
  if (rp === null) return null;
  const { challenge, ticket } = await makeChallenge(use, visitor.clock());
  return { options: await assertionOptions(rp, null, challenge), ticket };
}

/**
 * Signs in by a passkey alone: it names its person itself, and must have made sure that they are
 * there (by PIN or finger), which makes it two factors. Throws `auth.required` in the same words
 * for whatever is wrong, `rate.limited`.
 */
export async function signInWithPasskey(
  visitor: Visitor,
  input: { response: PasskeyAssertion; ticket: string | null },
  rp: RelyingParty | null,
): Promise<SignedIn> {
  const now = visitor.clock();
  const uncount = await countAddress(visitor.ip);
  const { response } = input;
  const challenge = await openChallenge(input.ticket, use, now);
  const passkey = await visitor.db.passkey.findUnique({
    where: { id: response.id },
    include: { user: true },
  });
  const user = passkey?.user ?? null;
  const signedIn = await visitor.db.$transaction(async (tx) => {
    // The handle is what says that the passkey itself, not its finder, named the person.
    if (challenge === null || user === null || !response.response.userHandle) return null;
    if ((await tx.user.count({ where: { id: user.id, disabledAt: null } })) === 0) return null;
    const given = { rp, userId: user.id, response, challenge, userVerified: true, now };
    if (!(await takePasskey(tx, given))) return null;
    if (!(await spendChallenge(tx, challenge, user.id, now))) return null;
    return startSignedIn(visitor, tx, user, "passkey alone");
  });
  if (signedIn !== null) {
    await uncount();
    return signedIn;
  }
  await auditRefusal(visitor, user, "passkey alone");
  throw new AppError({
    code: "auth.required",
    message: "passkey refused",
    userMessage: { key: "auth.passkey" },
  });
}
