import { verifyPassword } from "@/lib/auth/password";
import { countConfirmation } from "@/lib/auth/rate-limit";
import { AppError } from "@/lib/model/errors";
import type { Proof, ProofWays } from "@/lib/model/proof";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

/** What the actor could prove with who they are. */
export async function proofWays(ctx: Context): Promise<ProofWays> {
  assertPerson(ctx.actor);
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.actor.userId } });
  return { password: user.passwordHash !== null };
}

/**
 * Proves once more who sits at this session, for `assertProvedRecently`. Throws `input.invalid`
 * naming the field that is wrong, and `rate.limited`.
 */
export async function confirmIdentity(ctx: Context, proof: Proof): Promise<void> {
  assertPerson(ctx.actor);
  const { userId, sessionId } = ctx.actor;
  const uncount = await countConfirmation(userId);
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const audit = { action: "session.prove", detail: { by: proof.by } } as const;
  if (!(await verifyPassword(user.passwordHash, proof.password))) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw new AppError({
      code: "input.invalid",
      message: "the proof was wrong",
      fields: { password: { key: "field.password.wrong" } },
    });
  }
  await uncount();
  await ctx.db.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { provedAt: ctx.clock() },
  });
  await writeAudit(ctx, { ...audit, outcome: "ok" });
}
