import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";

export interface Profile {
  name: string;
  email: string;
  /** Whether there is a password to confirm a change with; without one OIDC is the only way in. */
  hasPassword: boolean;
  /** The OIDC providers that the account is linked with. */
  issuers: string[];
}

/** The actor's own profile. */
export async function getProfile(ctx: Context): Promise<Profile> {
  assertPerson(ctx.actor);
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: ctx.actor.userId },
    include: { identities: { select: { issuer: true } } },
  });
  return {
    name: user.name,
    email: user.email,
    hasPassword: user.passwordHash !== null,
    issuers: user.identities.map((each) => each.issuer),
  };
}
