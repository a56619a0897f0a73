import { sealOidcLink } from "@/lib/auth/oidc-link";
import { assertPerson } from "@/lib/policies/assert-person";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";

/**
 * The actor wants to link his account with whom the provider vouches for next. Returns the note
 * for a cookie of this browser. Throws `auth.forbidden` without a recent proof: whoever finds an
 * open session must not make himself a way in that lasts.
 */
export async function startLink(ctx: Context): Promise<string> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  return sealOidcLink(ctx.actor.sessionId);
}
