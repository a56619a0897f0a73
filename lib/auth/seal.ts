import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Stands first in a seal: AES-256-GCM by a key of HKDF-SHA-256. Another way gets another number. */
const version = "1";
const nonceBytes = 12;
const tagBytes = 16;

interface Key {
  /** Names the key in its seals and tells nothing of it. */
  id: string;
  bytes: Buffer;
}

/** Another key than any cookie's, from a secret of the installation. */
function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync("sha256", secret, "", "portico: secrets at rest", 32));
  const id = createHash("sha256").update("portico: key id").update(bytes).digest("base64url");
  return { id: id.slice(0, 8), bytes };
}

/** Seals a text for its owner, as `version.key.bytes`. */
export function sealWith(secret: string, text: string, owner: string): string {
  const key = keyOf(secret);
  const nonce = randomBytes(nonceBytes);
  const head = `${version}.${key.id}.`;
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(Buffer.from(head + owner));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return head + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed with one of these secrets; null for another's seal or a changed one. */
export function openWith(secrets: readonly string[], seal: string, owner: string): string | null {
  const keys = secrets.map(keyOf);
  const parts = seal.split(".");
  if (parts.length === 3 && parts[0] === version) {
    const [, id, bytes = ""] = parts;
    const key = keys.find((each) => each.id === id);
    return key === undefined ? null : open(key, bytes, `${version}.${id}.${owner}`);
  }
  // From before seals named their key.
  if (parts.length !== 1) return null;
  for (const key of keys) {
    const opened = open(key, seal, owner);
    if (opened !== null) return opened;
  }
  return null;
}

/** Whether the seal is of this secret and in today's form. */
export function isSealedWith(secret: string, seal: string): boolean {
  return seal.startsWith(`${version}.${keyOf(secret).id}.`);
}

function open(key: Key, text: string, bound: string): string | null {
  const bytes = Buffer.from(text, "base64url");
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  if (tag.length !== tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(bound)).setAuthTag(tag);
  try {
    const opened = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
    return Buffer.concat(opened).toString("utf8");
  } catch {
    return null;
  }
}
