import { ownCookie } from "./own-cookie";

/** What a browser keeps of its person's taste; neither is a secret. */
export type Preference = "theme" | "locale";

const yearSeconds = 365 * 24 * 3600;

/** The cookie that keeps a preference for a year. */
export function preferenceCookie(preference: Preference, origin?: string) {
  const { name, options } = ownCookie(`portico-${preference}`, origin);
  return { name, options: { ...options, maxAge: yearSeconds } };
}
