import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { readCookie } from "./read-cookie";
import { authSecret } from "./secret";
import { sessionLimits } from "./session-limits";

export interface SessionCookie {
  name: string;
  options: {
    httpOnly: true;
    sameSite: "lax";
    path: "/";
    secure: boolean;
  };
}

/**
 * Name and flags of the session cookie. Over https it is Secure and has the `__Host-` prefix,
 * with which no sister domain and no plain-http page can plant one. Lax rather than Strict, so
 * that a link from a mail does not land on the sign-in page: nothing changes on GET, and every
 * write checks its Origin.
 */
export function sessionCookie(origin = env().PORTICO_ORIGIN): SessionCookie {
  const secure = origin?.startsWith("https://") ?? false;
  return {
    name: secure ? "__Host-portico-session" : "portico-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
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
