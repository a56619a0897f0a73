import { hash, verify } from "@node-rs/argon2";
import { once } from "@/lib/runtime/once";

/** Argon2id as OWASP asks for: 19 MiB, two passes, one lane. About 30 ms of one core. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hash of a password in PHC format, with a salt of its own. Unicode is normalised first. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), argon2id);
}

/**
 * Whether the password is the hash's. Without a hash (unknown account) it does the same work
 * on another hash and says no, so that time does not tell which accounts exist.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const compared = passwordHash ?? (await nobodysHash());
  const same = await verify(compared, password.normalize("NFKC"));
  return passwordHash !== null && same;
}

function nobodysHash(): Promise<string> {
  return once("nobodys-hash", () => hashPassword("no account has this password"));
}

/** Makes the comparison hash ahead of the first sign-in, which would take longer otherwise. */
export async function warmUpPasswords(): Promise<void> {
  await nobodysHash();
}
