import { Secret, TOTP } from "otpauth";

/** Seconds that a code is shown for. */
const period = 30;

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: "Portico", label, secret: Secret.fromBase32(secret), period });
}

/** A new secret of 160 bits, in base32: what people type where they cannot scan. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from the QR code. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/**
 * The time step that the code belongs to, of this one and its two neighbours (a phone's clock is
 * seldom right to the second); null when it is none of theirs.
 */
export function totpStepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret, "").validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period, timestamp }) + delta;
}
