import { z } from "zod";
import { isSetupTokenGood, setupTokenHash } from "@/lib/auth/setup-token";
import { AppError } from "@/lib/model/errors";
import { emailSchema, personNameSchema } from "@/lib/model/person";
import { writeAudit } from "@/lib/services/audit";
import type { SignedIn } from "./admit-user";
import { createFirstAdmin, hashNewPassword } from "./create-first-admin";
import { openSession } from "./open-session";
import { asAuthor, type Visitor } from "./visitor";

export const setupAdminSchema = z.object({
  token: z.string().max(200),
  name: personNameSchema,
  email: emailSchema,
  password: z.string("field.password.required").max(1_000, "field.password.too_long"),
  locale: z.enum(["en", "zh-CN"]),
});
export type SetupAdminInput = z.infer<typeof setupAdminSchema>;

/** Whether a setup link may still be used. */
export async function isSetupLinkGood(visitor: Visitor, token: string): Promise<boolean> {
  return isSetupTokenGood(visitor.db, token, visitor.clock());
}

/**
 * Uses up the setup link: makes the first administrator and signs him in. Throws
 * `auth.forbidden` when the link is wrong, used or older than 24 hours, `input.invalid` when
 * the password is too weak (the link stays good).
 */
export async function setupAdmin(visitor: Visitor, input: SetupAdminInput): Promise<SignedIn> {
  const { token, password, ...admin } = input;
  // Before the costly hash, so that strangers cannot make us compute it.
  if (!(await isSetupLinkGood(visitor, token))) throw linkRefused();
  const passwordHash = await hashNewPassword(password, admin);
  return visitor.db.$transaction(async (tx) => {
    const now = visitor.clock();
    const used = await tx.setupToken.updateMany({
      where: { tokenHash: setupTokenHash(token), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (used.count !== 1) throw linkRefused();
    const { userId, projectId } = await createFirstAdmin(tx, admin, passwordHash, now);
    const secret = await openSession(visitor, tx, userId);
    await writeAudit(asAuthor(visitor, tx, { id: userId, name: admin.name }), {
      action: "setup.admin",
      outcome: "ok",
      projectId,
      targetType: "user",
      targetId: userId,
      targetName: admin.email,
    });
    return { userId, name: admin.name, email: admin.email, locale: admin.locale, secret };
  });
}

function linkRefused(): AppError {
  return new AppError({
    code: "auth.forbidden",
    message: "setup link refused",
    userMessage: { key: "auth.setup_link" },
  });
}
