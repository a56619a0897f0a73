import { cookies } from "next/headers";
import { localeCookie } from "@/i18n/locales";
import { deviceCookieName, deviceMaxAge, sealDevice } from "@/lib/auth/device-cookie";
import { sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { sessionLimits } from "@/lib/auth/session-limits";
import type { SignedIn } from "@/lib/services/user/sign-in";

/** Gives the browser its session, remembers it as known, and the person's language. */
export async function keepSession(signedIn: SignedIn): Promise<void> {
  const store = await cookies();
  const { name, options } = sessionCookie();
  const maxAge = sessionLimits.absoluteMs / 1000;
  store.set(name, await sealSession(signedIn.secret), { ...options, maxAge });
  const device = await sealDevice(signedIn.userId);
  store.set(deviceCookieName(), device, { ...options, maxAge: deviceMaxAge });
  // What was chosen in this browser stays; a new browser takes the account's language.
  if (!store.has(localeCookie)) {
    store.set(localeCookie, signedIn.locale, { ...options, maxAge: deviceMaxAge });
  }
}

/** Takes the session from the browser; the browser stays known. */
export async function forgetSession(): Promise<void> {
  const { name, options } = sessionCookie();
  // A Secure cookie is only replaced by one with the same flags.
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
