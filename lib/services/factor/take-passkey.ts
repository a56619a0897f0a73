import { verifyAssertion } from "@/lib/auth/passkey";
import type { RelyingParty } from "@/lib/auth/relying-party";
import type { Db } from "@/lib/db/client";
import type { PasskeyAssertion } from "@/lib/model/passkey";

/**
 * Whether the answer was signed, for this challenge and this portal, by a passkey of this very
 * person; keeps the passkey's counter. The caller uses the challenge up.
 */
export async function takePasskey(
  db: Pick<Db, "passkey">,
  given: {
    rp: RelyingParty | null;
    userId: string;
    response: PasskeyAssertion;
    challenge: string;
    userVerified: boolean;
    now: Date;
  },
): Promise<boolean> {
  const { rp, userId, response, now } = given;
  const passkey = await db.passkey.findFirst({ where: { id: response.id, userId } });
  if (rp === null || passkey === null) return false;
  const counter = await verifyAssertion(rp, response, passkey, given);
  if (counter === null) return false;
  const kept = await db.passkey.updateMany({
    where: { id: passkey.id, userId, counter: passkey.counter },
    data: { counter, lastUsedAt: now },
  });
  return kept.count === 1;
}
