import { decode, encode } from "next-auth/jwt";
import { type OwnCookie, ownCookie } from "./own-cookie";
import { readCookie } from "./read-cookie";
import { authSecret } from "./secret";
import { sessionLimits } from "./session-limits";

/**
 * Name and flags of the session cookie. Lax rather than Strict, so that a link from a mail does
 * not land on the sign-in page: nothing changes on GET, and every write checks its Origin.
 */
export function sessionCookie(origin?: string, base?: string): OwnCookie {
  return ownCookie("portico-session", origin, base);
}

/**
 * The session cookie of a portal that was at the root of this host before it moved below a path:
 * browsers go on sending it, to everything that the host serves now. Null at the root, and where
 * it has the name of today's, as over plain http.
 */
export function formerSessionCookie(origin?: string, base?: string): OwnCookie | null {
  const former = sessionCookie(origin, "");
  return former.name === sessionCookie(origin, base).name ? null : former;
}

/** Seals a session's secret into a cookie value that next-auth reads too. */
export async function sealSession(sessionSecret: string): Promise<string> {
  return encode({
    token: { sid: sessionSecret },
    secret: authSecret(),
    maxAge: sessionLimits.absoluteMs / 1000,
  });
}

/** The session's secret in a Cookie header; null when there is none, or not one we sealed. */
export async function unsealSession(
  cookieHeader: string | null | undefined,
): Promise<string | null> {
  const value = readCookie(cookieHeader, sessionCookie().name);
  if (value === null) return null;
  try {
    const token = await decode({ token: value, secret: authSecret() });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    return null;
  }
}
