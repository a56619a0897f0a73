import { z } from "zod";
import { knownDevice } from "@/lib/auth/device-cookie";
import { verifyPassword } from "@/lib/auth/password";
import { countSignIn } from "@/lib/auth/rate-limit";
import { AppError, isAppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { admitUser, type PendingSignIn, type SignedIn } from "./admit-user";
import { auditRefusal } from "./audit-refusal";
import type { Visitor } from "./visitor";

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, "field.password.required").max(1_000, "field.password.too_long"),
});
export type SignInInput = z.infer<typeof signInSchema>;

/**
 * Checks a password, and starts a session or the check of the second factor. Throws
 * `auth.required` when address and password do not belong together, in the same words and after
 * the same work whether the account does not exist, is disabled or has another password;
 * `rate.limited` after too many attempts. Nothing is written before the right password.
 */
export async function beginSignIn(
  visitor: Visitor,
  input: SignInInput,
): Promise<SignedIn | PendingSignIn> {
  const device = await knownDevice(visitor.cookie);
  const user = await visitor.db.user.findUnique({ where: { email: input.email } });
  const deviceId = device !== null && device.userId === user?.id ? device.deviceId : null;
  const uncount = await countSignIn({ email: input.email, ip: visitor.ip, deviceId });
  const right = await verifyPassword(user?.passwordHash ?? null, input.password);
  try {
    if (user === null || !right) throw refused();
    const step = await visitor.db.$transaction(async (tx) => {
      // The password may have been changed, or the account disabled, since it was read.
      const { passwordHash } = user;
      const still = { id: user.id, passwordHash, disabledAt: null };
      if ((await tx.user.count({ where: still })) === 0) throw refused();
      return admitUser(visitor, tx, user, "password");
    });
    await uncount();
    return step;
  } catch (error) {
    if (isAppError(error, "auth.required")) await auditRefusal(visitor, user, "password");
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
