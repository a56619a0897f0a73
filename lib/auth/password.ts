import { hash, verify } from "@node-rs/argon2";

/** Argon2id as OWASP asks for: 19 MiB, two passes, one lane. About 30 ms of one core. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of random bytes that were thrown away; costs as much to compare with as any other. */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$br3dmOVCNolcj+UT2DH9IA$DlGKhmystGsw2zxkJDv+3NqTscnNm5ATO4xf1+E0254";

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
  const same = await verify(passwordHash ?? nobodysHash, password.normalize("NFKC"));
  return passwordHash !== null && same;
}
