import { randomBytes } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { ownCookie } from "./own-cookie";
import { readCookie } from "./read-cookie";
import { authSecret } from "./secret";

/** Another key than the session cookie's, so that one can never pass for the other. */
const salt = "device";

/** How long a browser stays known, in seconds. */
export const deviceMaxAge = 365 * 24 * 3600;

export function deviceCookieName(): string {
  return ownCookie("portico-device").name;
}

/**
 * A sealed note "this browser has signed in to this account": it opens nothing. It lets its
 * owner try a password while strangers have used up the account's attempts.
 */
export async function sealDevice(userId: string): Promise<string> {
  const token = { uid: userId, device: randomBytes(12).toString("base64url") };
  return encode({ token, secret: authSecret(), maxAge: deviceMaxAge, salt });
}

/** The device's id when the Cookie header holds such a note, and for which account. */
export async function knownDevice(
  cookieHeader: string | null | undefined,
): Promise<{ userId: string; deviceId: string } | null> {
  const token = readCookie(cookieHeader, deviceCookieName());
  if (token === null) return null;
  try {
    const note = await decode({ token, secret: authSecret(), salt });
    if (typeof note?.uid !== "string" || typeof note.device !== "string") return null;
    return { userId: note.uid, deviceId: note.device };
  } catch {
    return null;
  }
}
