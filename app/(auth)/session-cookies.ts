import { cookies } from "next/headers";
import { challengeMs } from "@/lib/auth/challenge";
import { deviceCookieName, deviceMaxAge, sealDevice } from "@/lib/auth/device-cookie";
import { ownCookie } from "@/lib/auth/own-cookie";
import { preferenceCookie } from "@/lib/auth/preference-cookie";
import { formerSessionCookie, sealSession, sessionCookie } from "@/lib/auth/session-cookie";
import { sessionLimits } from "@/lib/auth/session-limits";
import { checkCookieName, checkLimits } from "@/lib/auth/sign-in-check";
import type { SignedIn } from "@/lib/services/user/admit-user";

/** Gives the browser its session. */
export async function keepSecret(secret: string): Promise<void> {
  const { name, options } = sessionCookie();
  const maxAge = sessionLimits.absoluteMs / 1000;
  (await cookies()).set(name, await sealSession(secret), { ...options, maxAge });
  await forgetFormer();
}

/** Gives the browser its session, remembers it as known, and the person's language. */
export async function keepSession(signedIn: SignedIn): Promise<void> {
  const store = await cookies();
  const { options } = sessionCookie();
  await keepSecret(signedIn.secret);
  const device = await sealDevice(signedIn.userId);
  store.set(deviceCookieName(), device, { ...options, maxAge: deviceMaxAge });
  if (store.has(checkCookieName())) store.set(checkCookieName(), "", { ...options, maxAge: 0 });
  // What was chosen in this browser stays; a new browser takes the account's language.
  const locale = preferenceCookie("locale");
  if (!store.has(locale.name)) store.set(locale.name, signedIn.locale, locale.options);
}

/** Remembers, for the few minutes of a sign-in, that the password was right. */
export async function keepCheck(check: string): Promise<void> {
  const { options } = sessionCookie();
  const maxAge = checkLimits.lifetimeMs / 1000;
  (await cookies()).set(checkCookieName(), check, { ...options, maxAge });
}

function passkeyCookieName(): string {
  return ownCookie("portico-passkey").name;
}

/** Keeps the note of the question that this browser is asked for a passkey. */
export async function keepPasskeyTicket(ticket: string): Promise<void> {
  const { options } = sessionCookie();
  const maxAge = challengeMs / 1000;
  (await cookies()).set(passkeyCookieName(), ticket, { ...options, maxAge });
}

/** Takes the note back, for it is good for one answer; null when there is none. */
export async function takePasskeyTicket(): Promise<string | null> {
  const store = await cookies();
  const ticket = store.get(passkeyCookieName())?.value ?? null;
  const { options } = sessionCookie();
  store.set(passkeyCookieName(), "", { ...options, maxAge: 0 });
  return ticket;
}

/** Takes the session from the browser; the browser stays known. */
export async function forgetSession(): Promise<void> {
  const { name, options } = sessionCookie();
  // A Secure cookie is only replaced by one with the same flags.
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  await forgetFormer();
}

/** Takes from the browser what it would go on sending to the portal's neighbours. */
async function forgetFormer(): Promise<void> {
  const former = formerSessionCookie();
  const store = await cookies();
  if (former === null || !store.has(former.name)) return;
  store.set(former.name, "", { ...former.options, maxAge: 0 });
}
