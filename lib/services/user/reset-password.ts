import { z } from "zod";
import { usableReset } from "@/lib/auth/reset-token";
import { endAllSessions } from "@/lib/auth/session";
import { AppError } from "@/lib/model/errors";
import { writeAudit } from "@/lib/services/audit";
import { hashNewPassword } from "./create-first-admin";
import { userTarget } from "./user-rules";
import { asAuthor, type Visitor } from "./visitor";

export const resetPasswordSchema = z.object({
  token: z.string().max(200),
  password: z.string("field.password.required").max(1_000, "field.password.too_long"),
});

/** Whose password a link sets, for the advice while it is typed; null when it cannot be used. */
export async function readResetLink(
  visitor: Visitor,
  token: string,
): Promise<{ email: string; name: string } | null> {
  const row = await visitor.db.passwordReset.findFirst({
    where: usableReset(token, visitor.clock()),
    select: { user: { select: { email: true, name: true } } },
  });
  return row?.user ?? null;
}

/**
 * Uses up a link: sets the password and ends all of the person's sessions. It signs nobody in, so
 * that second factors are asked for as ever. Throws `auth.forbidden` when the link is wrong,
 * used, older than an hour or of a disabled account, `input.invalid` for a weak password (the
 * link stays good).
 */
export async function resetPassword(
  visitor: Visitor,
  input: z.output<typeof resetPasswordSchema>,
): Promise<void> {
  const { token, password } = input;
  // Before the costly hash, so that strangers cannot make us compute it.
  const person = await readResetLink(visitor, token);
  if (person === null) throw linkRefused();
  const passwordHash = await hashNewPassword(password, person);
  await visitor.db.$transaction(async (tx) => {
    const now = visitor.clock();
    const row = await tx.passwordReset.findFirst({
      where: usableReset(token, now),
      include: { user: true },
    });
    if (row === null) throw linkRefused();
    const { user } = row;
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, passwordSetAt: now } });
    // Others that were made meanwhile.
    await tx.passwordReset.deleteMany({ where: { userId: user.id } });
    await endAllSessions(tx, user.id);
    await writeAudit(asAuthor(visitor, tx, user), {
      action: "user.reset_password",
      outcome: "ok",
      ...userTarget(user),
    });
  });
}

function linkRefused(): AppError {
  return new AppError({
    code: "auth.forbidden",
    message: "reset link refused",
    userMessage: { key: "user.reset_link" },
  });
}
