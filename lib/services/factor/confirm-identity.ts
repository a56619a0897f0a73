import { openChallenge, spendChallenge } from "@/lib/auth/challenge";
import { verifyPassword } from "@/lib/auth/password";
import { countConfirmation } from "@/lib/auth/rate-limit";
import type { RelyingParty } from "@/lib/auth/relying-party";
import { renewSecret } from "@/lib/auth/session";
import { AppError } from "@/lib/model/errors";
import type { Proof } from "@/lib/model/proof";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { takeTotpCode } from "./take-code";
import { takePasskey } from "./take-passkey";

/** Field of the form and what it says when the proof is wrong. */
const wrong = {
  password: { password: { key: "field.password.wrong" } },
  totp: { code: { key: "field.code.wrong" } },
  passkey: { passkey: { key: "field.passkey.refused" } },
} as const;

/**
 * Proves once more who sits at this session, for `assertProvedRecently`; `rp` is the portal as the
 * browser sees it. Returns the session's new secret for the cookie: a copy of the old one gets
 * nothing of the proof. Null when it keeps the old one, since it was given another just now. Throws `input.invalid` naming the field that is wrong, and `rate.limited`.
 */
export async function confirmIdentity(
  ctx: Context,
  proof: Proof,
  rp: RelyingParty | null,
): Promise<string | null> {
  assertPerson(ctx.actor);
  const { userId, sessionId } = ctx.actor;
  const uncount = await countConfirmation(userId);
  const audit = { action: "session.prove", detail: { by: proof.by } } as const;
  if (!(await isRight(ctx, proof, rp))) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw new AppError({
      code: "input.invalid",
      message: `the ${proof.by} was wrong`,
      fields: wrong[proof.by],
    });
  }
  await uncount();
  const now = ctx.clock();
  await ctx.db.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { provedAt: now },
  });
  const secret = await renewSecret(ctx.db, sessionId, now);
  await writeAudit(ctx, { ...audit, outcome: "ok" });
  return secret;
}

async function isRight(ctx: Context, proof: Proof, rp: RelyingParty | null): Promise<boolean> {
  const { userId, sessionId } = ctx.actor;
  const now = ctx.clock();
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  if (proof.by === "password") return verifyPassword(user.passwordHash, proof.password);
  if (proof.by === "totp") return takeTotpCode(ctx.db, user, proof.code, now);
  const use = { purpose: "prove", holder: sessionId } as const;
  const challenge = await openChallenge(proof.ticket, use, now);
  if (challenge === null || !(await spendChallenge(ctx.db, challenge, userId, now))) return false;
  const { response } = proof;
  return takePasskey(ctx.db, { rp, userId, response, challenge, userVerified: false, now });
}
