import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";

export interface PasskeyView {
  id: string;
  name: string;
  /** ISO times. */
  createdAt: string;
  lastUsedAt: string | null;
}

export interface FactorsView {
  /** Whether an authenticator app is set up and confirmed. */
  totp: boolean;
  passkeys: PasskeyView[];
  /** How many are left. */
  recoveryCodes: number;
}

/** The actor's own second factors. */
export async function listFactors(ctx: Context): Promise<FactorsView> {
  assertPerson(ctx.actor);
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: ctx.actor.userId },
    include: {
      passkeys: { orderBy: { createdAt: "asc" } },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return {
    totp: user.totpConfirmedAt !== null,
    passkeys: user.passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodes: user._count.recoveryCodes,
  };
}
