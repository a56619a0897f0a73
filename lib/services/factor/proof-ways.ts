import { makeChallenge } from "@/lib/auth/challenge";
import { type AssertionOptions, assertionOptions } from "@/lib/auth/passkey";
import type { RelyingParty } from "@/lib/auth/relying-party";
import type { PasskeyQuestion } from "@/lib/model/passkey";
import type { ProofWays } from "@/lib/model/proof";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";

/** What the actor could prove with, here, who they are; with the question for a passkey. */
export async function proofWays(
  ctx: Context,
  rp: RelyingParty | null,
): Promise<ProofWays<AssertionOptions>> {
  assertPerson(ctx.actor);
  const { userId, sessionId } = ctx.actor;
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: userId },
    include: { passkeys: true },
  });
  const { passwordHash, totpConfirmedAt, passkeys } = user;
  let passkey: PasskeyQuestion<AssertionOptions> | null = null;
  if (rp !== null && passkeys.length > 0) {
    const use = { purpose: "prove", holder: sessionId } as const;
    const { challenge, ticket } = await makeChallenge(use, ctx.clock());
    passkey = { options: await assertionOptions(rp, passkeys, challenge), ticket };
  }
  return { password: passwordHash !== null, totp: totpConfirmedAt !== null, passkey };
}
