import { hasSecondFactor } from "@/lib/auth/required-factor";
import { startCheck } from "@/lib/auth/sign-in-check";
import type { Prisma } from "@/lib/db/generated/client";
import { writeAudit } from "@/lib/services/audit";
import { openSession } from "./open-session";
import { asAuthor, type Visitor } from "./visitor";

export interface SignedIn {
  userId: string;
  name: string;
  email: string;
  locale: string;
  /** For the session cookie; kept nowhere else. */
  secret: string;
}

/** A sign-in that waits for its second factor: there is no session yet. */
export interface PendingSignIn {
  /** For the check cookie; kept nowhere else. */
  check: string;
}

export function isPending(step: SignedIn | PendingSignIn): step is PendingSignIn {
  return "check" in step;
}

/** The columns of a user that signing in gives on. */
export interface KnownUser {
  id: string;
  name: string;
  email: string;
  locale: string;
}

/**
 * What follows the first factor, whichever it was: the session, or the check of a second one
 * where the person has set one up. Every door must come through here. In the caller's transaction,
 * after it has made sure that the account is enabled.
 */
export async function admitUser(
  visitor: Visitor,
  tx: Prisma.TransactionClient,
  user: KnownUser,
  factor: "password" | "oidc",
): Promise<SignedIn | PendingSignIn> {
  const factors = await tx.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { totpConfirmedAt: true, _count: { select: { passkeys: true } } },
  });
  if (!hasSecondFactor(factors)) return startSignedIn(visitor, tx, user, factor);
  const check = await startCheck(tx, user.id, visitor.clock());
  await writeAudit(asAuthor(visitor, tx, user), {
    action: "session.first_factor",
    outcome: "ok",
    detail: { factor },
  });
  return { check };
}

/** The session of a person who has shown all that is asked of them; `factor` is the last. */
export async function startSignedIn(
  visitor: Visitor,
  tx: Prisma.TransactionClient,
  user: KnownUser,
  factor: string,
): Promise<SignedIn> {
  const secret = await openSession(visitor, tx, user.id);
  await writeAudit(asAuthor(visitor, tx, user), {
    action: "session.sign_in",
    outcome: "ok",
    detail: { factor },
  });
  return { userId: user.id, name: user.name, email: user.email, locale: user.locale, secret };
}
