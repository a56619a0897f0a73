import { type OidcClaims, type OidcSettings, oidcSettings } from "@/lib/auth/oidc";
import { oidcLinkSession } from "@/lib/auth/oidc-link";
import { actorOfRequest } from "@/lib/auth/request-actor";
import { unsealSession } from "@/lib/auth/session-cookie";
import { isAppError } from "@/lib/model/errors";
import { isPending } from "@/lib/services/user/admit-user";
import type { Visitor } from "@/lib/services/user/visitor";
import { linkIdentity } from "./link-identity";
import { signInByOidc } from "./sign-in-by-oidc";

type Outcome = { secret: string } | { goTo: string };

const refused: Outcome = { goTo: "/sign-in?error=refused" };

/**
 * What happens to somebody who comes back from the provider: linked, when they asked for that in
 * this very session, and else signed in. The secret is for the session cookie; `goTo` is the page
 * that says why not, or asks for the second factor once `keepCheck` has kept its cookie.
 */
export async function oidcDoor(
  visitor: Visitor,
  claims: OidcClaims,
  keepCheck: (check: string) => Promise<void>,
  settings: OidcSettings | null = oidcSettings(),
): Promise<Outcome> {
  if (settings === null) return refused;
  const linking = await oidcLinkSession(visitor.cookie);
  if (linking !== null) return link(visitor, claims, settings, linking);
  const step = await signInByOidc(visitor, settings, claims);
  if (step === null) return refused;
  if (!isPending(step)) return { secret: step.secret };
  await keepCheck(step.check);
  return { goTo: "/sign-in/verify" };
}

async function link(
  visitor: Visitor,
  claims: OidcClaims,
  settings: OidcSettings,
  sessionId: string,
): Promise<Outcome> {
  const { db, clock, requestId, ip, userAgent, cookie } = visitor;
  const actor = await actorOfRequest({ cookie, ip, userAgent }, db, clock());
  const secret = await unsealSession(cookie);
  // The note is another session's: whoever sits there now did not ask for it.
  if (actor === null || secret === null || actor.sessionId !== sessionId) {
    return refused;
  }
  try {
    await linkIdentity({ actor, db, clock, requestId }, settings, claims);
    return { secret };
  } catch (error) {
    if (isAppError(error)) return { goTo: "/account?oidc=refused" };
    throw error;
  }
}
