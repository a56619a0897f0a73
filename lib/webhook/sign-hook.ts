import { createHmac, hkdfSync } from "node:crypto";

/**
 * The secret by which a receiver knows that a call is of this portal and this watch: of the
 * installation's secret, so that none is kept.
 */
export function hookSecretOf(installationSecret: string, watchId: string): string {
  const info = `portico: webhook ${watchId}`;
  return Buffer.from(hkdfSync("sha256", installationSecret, "", info, 32)).toString("base64url");
}

/** "t=<seconds>,v1=<HMAC-SHA-256 of "seconds.body" in hex>". */
export function signHook(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}
