import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** What every token begins with, so that secret scanners find one that has leaked. */
export const tokenPrefix = "portico_";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checkLength = 6;
const hintLength = tokenPrefix.length + 4;
const shape = new RegExp(
  `^${tokenPrefix}([0-9A-Za-z]{${bodyLength}})([0-9A-Za-z]{${checkLength}})$`,
);

/** A new token: 32 random bytes in base 62 and a checksum of them. It is kept nowhere. */
export function newTokenSecret(): string {
  const body = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength);
  return `${tokenPrefix}${body}${checksum(body)}`;
}

/**
 * Row key of a token; null for what was never one of ours. The checksum tells a mistyped or cut
 * token without a look at the database.
 */
export function hashOfToken(secret: string): string | null {
  const [, body, check] = shape.exec(secret) ?? [];
  if (body === undefined || check !== checksum(body)) return null;
  return hash("sha256", secret, "base64url");
}

/** The first characters, by which people tell tokens apart. */
export function hintOfToken(secret: string): string {
  return secret.slice(0, hintLength);
}

function checksum(body: string): string {
  let text = "";
  for (let rest = crc32(body); text.length < checkLength; rest = Math.floor(rest / 62)) {
    text = `${digits[rest % 62]}${text}`;
  }
  return text;
}

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) {
    text = `${digits[Number(rest % 62n)]}${text}`;
  }
  return text;
}
