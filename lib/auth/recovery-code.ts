import { createHash, randomBytes } from "node:crypto";

/** How many a person gets at once. */
export const recoveryCodeCount = 10;

/** Without 0, 1, i and o, which people copy wrong from paper. */
const alphabet = "23456789abcdefghjklmnpqrstuvwxyz";
const length = 28;

/** Fresh codes of 140 random bits each, in groups of four. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const letters = Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join("");
    return letters.match(/.{4}/g)?.join("-") ?? letters;
  });
}

/**
 * The hash that is kept of a code, however it was typed. A fast one will do: so many random bits
 * cannot be tried out. One with the installation's secret in it would end all codes with it.
 */
export function recoveryCodeHash(code: string): string {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return createHash("sha256").update(`recovery code ${plain}`).digest("base64url");
}
