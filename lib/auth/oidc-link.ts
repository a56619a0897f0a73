import { decode, encode } from "next-auth/jwt";
import { ownCookie } from "./own-cookie";
import { readCookie } from "./read-cookie";
import { authSecret } from "./secret";

/** Another key than the session cookie's, so that one can never pass for the other. */
const salt = "oidc-link";

/** How long somebody may take at the provider, in seconds. */
export const oidcLinkMaxAge = 600;

export function oidcLinkCookieName(): string {
  return ownCookie("portico-oidc-link").name;
}

/** A sealed note "whoever comes back from the provider is to be linked to this session's person". */
export async function sealOidcLink(sessionId: string): Promise<string> {
  return encode({ token: { link: sessionId }, secret: authSecret(), maxAge: oidcLinkMaxAge, salt });
}

/** The id of the session that asked for it; null without such a note. */
export async function oidcLinkSession(
  cookieHeader: string | null | undefined,
): Promise<string | null> {
  const token = readCookie(cookieHeader, oidcLinkCookieName());
  if (token === null) return null;
  try {
    const note = await decode({ token, secret: authSecret(), salt });
    return typeof note?.link === "string" ? note.link : null;
  } catch {
    return null;
  }
}
