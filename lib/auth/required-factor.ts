import type { Db } from "@/lib/db/client";
import { readSetting } from "@/lib/db/setting";
import { env } from "@/lib/env";
import { mustHaveSecondFactor, type SecondFactorRule } from "@/lib/model/setting";
import { Batch } from "@/lib/runtime/batch";

/** What decides it; select `_count: { passkeys }` with the user. */
export interface FactorFacts {
  isAdmin: boolean;
  isAuditor: boolean;
  /** Null for who signs in by OIDC alone. */
  passwordHash: string | null;
  totpConfirmedAt: Date | null;
  _count: { passkeys: number };
}

/** Whether the person has an authenticator app or a passkey. */
export function hasSecondFactor(user: Pick<FactorFacts, "totpConfirmedAt" | "_count">): boolean {
  return user.totpConfirmedAt !== null || user._count.passkeys > 0;
}

/**
 * Whether the installation asks this person for a second factor that they have not set up: until
 * they do, neither their sessions nor their API tokens open anything but the enrolment.
 */
export async function lacksRequiredFactor(db: Db, user: FactorFacts): Promise<boolean> {
  if (hasSecondFactor(user)) return false;
  // How many factors a provider asked for is not known, so its word is one, unless the operator
  // vouches for it.
  const vouched = env().PORTICO_OIDC_SECOND_FACTOR === "provider";
  if (user.passwordHash === null && vouched) return false;
  const rule = await rulesOf(db).ask("requireSecondFactor");
  return mustHaveSecondFactor(rule ?? "nobody", user);
}

const rules = new WeakMap<Db, Batch<SecondFactorRule>>();

/** Requests that come at the same time are answered by one look at the setting. */
function rulesOf(db: Db): Batch<SecondFactorRule> {
  const known = rules.get(db);
  if (known) return known;
  const made = new Batch<SecondFactorRule>(
    async ([key = ""]) => new Map([[key, await readSetting(db, "requireSecondFactor")]]),
  );
  rules.set(db, made);
  return made;
}
