import { z } from "zod";
import { knownDevice } from "@/lib/auth/device-cookie";
import { verifyPassword } from "@/lib/auth/password";
import { countSignIn } from "@/lib/auth/rate-limit";
import { AppError, isAppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { writeAudit } from "@/lib/services/audit";
import { openSession } from "./open-session";
import { asAuthor, type Visitor } from "./visitor";

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, "field.password.required").max(1_000, "field.password.too_long"),
});
export type SignInInput = z.infer<typeof signInSchema>;

export interface SignedIn {
  userId: string;
  name: string;
  email: string;
  locale: string;
  /** For the session cookie; kept nowhere else. */
  secret: string;
}

/**
 * Checks a password and starts a session. Throws `auth.required` when address and password do
 * not belong together, in the same words and after the same work whether the account does not
 * exist, is disabled or has another password; `rate.limited` after too many attempts.
 */
export async function signIn(visitor: Visitor, input: SignInInput): Promise<SignedIn> {
  const device = await knownDevice(visitor.cookie);
  const user = await visitor.db.user.findUnique({ where: { email: input.email } });
  const deviceId = device !== null && device.userId === user?.id ? device.deviceId : null;
  const uncount = await countSignIn({ email: input.email, ip: visitor.ip, deviceId });
  const right = await verifyPassword(user?.passwordHash ?? null, input.password);
  try {
    if (user === null || !right) throw refused();
    const signedIn = await visitor.db.$transaction(async (tx) => {
      // The password may have been changed, or the account disabled, since it was read.
      const { passwordHash } = user;
      const still = { id: user.id, passwordHash, disabledAt: null };
      if ((await tx.user.count({ where: still })) === 0) throw refused();
      const secret = await openSession(visitor, tx, user.id);
      await writeAudit(asAuthor(visitor, tx, user), { action: "session.sign_in", outcome: "ok" });
      return { userId: user.id, name: user.name, email: user.email, locale: user.locale, secret };
    });
    await uncount();
    return signedIn;
  } catch (error) {
    if (isAppError(error, "auth.required")) {
      // A name that is no account's is not written down: people type passwords there.
      await writeAudit(asAuthor(visitor, visitor.db, null), {
        action: "session.sign_in",
        outcome: "refused",
        targetType: "user",
        targetId: user?.id,
        targetName: user?.email ?? "(no such account)",
      });
    }
    throw error;
  }
}

function refused(): AppError {
  return new AppError({
    code: "auth.required",
    message: "sign-in refused",
    userMessage: { key: "auth.credentials" },
  });
}
