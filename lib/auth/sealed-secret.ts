import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { authSecret } from "./secret";

const nonceBytes = 12;
const tagBytes = 16;

/** Another key than any cookie's, from the installation's one secret. */
function key(): Buffer {
  return Buffer.from(hkdfSync("sha256", authSecret(), "", "portico: secrets at rest", 32));
}

/**
 * Seals a secret for the database: who reads a copy of the table learns nothing, and who may
 * write to it cannot give one person another's, for the owner is sealed in.
 */
export function sealSecret(secret: string, owner: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed; null when it was tampered with or the installation's secret has changed. */
export function openSecret(sealed: string, owner: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  if (tag.length !== tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
  try {
    const opened = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
    return Buffer.concat(opened).toString("utf8");
  } catch {
    return null;
  }
}
