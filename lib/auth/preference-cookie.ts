import { sessionCookie } from "./session-cookie";

/** What a browser keeps of its person's taste; neither is a secret. */
export type Preference = "theme" | "locale";

const yearSeconds = 365 * 24 * 3600;

/**
 * Name and flags of the cookie that keeps a preference for a year. They are the session cookie's:
 * over https no sister domain and no plain-http page can plant one.
 */
export function preferenceCookie(preference: Preference, origin?: string) {
  const { options } = sessionCookie(origin);
  const name = `portico-${preference}`;
  return {
    name: options.secure ? `__Host-${name}` : name,
    options: { ...options, maxAge: yearSeconds },
  };
}
