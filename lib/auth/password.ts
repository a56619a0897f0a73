import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/model/errors";
import { Bounded } from "@/lib/runtime/bounded";
import { once } from "@/lib/runtime/once";

/** Argon2id as OWASP asks for: 19 MiB, two passes, one lane. About 30 ms of one core. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of random bytes that were thrown away; costs as much to compare with as any other. */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$br3dmOVCNolcj+UT2DH9IA$DlGKhmystGsw2zxkJDv+3NqTscnNm5ATO4xf1+E0254";

/** Seconds after which to come again when too many wait. */
const comeAgainSeconds = 5;

/** One core is left to everybody else, however many passwords are tried. */
const atWork = () =>
  once("auth.passwords", () => {
    const atOnce = Math.max(1, availableParallelism() - 1);
    return new Bounded({ atOnce, waiting: 100 });
  });

/**
 * Hash of a password in PHC format, with a salt of its own. Unicode is normalised first. Throws
 * `rate.limited` when too many passwords wait for their turn.
 */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), argon2id));
}

/**
 * Whether the password is the hash's. Without a hash (unknown account) it does the same work
 * on another hash and says no, so that time does not tell which accounts exist. Throws
 * `rate.limited` when too many passwords wait for their turn, whosever they are.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const same = await inTurn(() => verify(passwordHash ?? nobodysHash, password.normalize("NFKC")));
  return passwordHash !== null && same;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = atWork().run(work);
  if (done !== null) return done;
  throw new AppError({
    code: "rate.limited",
    message: "too many passwords wait for their turn",
    userMessage: { key: "portal.busy" },
    details: { seconds: comeAgainSeconds },
  });
}
