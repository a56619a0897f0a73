import { z } from "zod";
import { countReset } from "@/lib/auth/rate-limit";
import { makeResetToken, resetPath } from "@/lib/auth/reset-token";
import { mailText } from "@/lib/mail/mail-text";
import type { Mailer } from "@/lib/mail/mailer";
import { AppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { writeAudit } from "@/lib/services/audit";
import { userTarget } from "./user-rules";
import { asAuthor, type Visitor } from "./visitor";

export const requestResetSchema = z.object({ email: emailSchema });

/**
 * Somebody has forgotten a password. Answers the same, before anything is looked up: the work it
 * returns is to be done after the answer, so that neither words nor time tell whether the account
 * exists. Throws `conflict.rule` where no mail is set up, `rate.limited` after too many from one
 * place.
 */
export async function requestReset(
  visitor: Visitor,
  input: z.output<typeof requestResetSchema>,
): Promise<() => Promise<void>> {
  const { mail } = visitor;
  if (mail === null) {
    throw new AppError({
      code: "conflict.rule",
      message: "no mail server is set",
      userMessage: { key: "user.no_mail" },
    });
  }
  const another = await countReset({ ip: visitor.ip, email: input.email });
  return () => (another ? sendLink(visitor, mail, input.email) : Promise.resolve());
}

/** People without a password sign in elsewhere, and get none by mail. */
async function sendLink(visitor: Visitor, mail: Mailer, email: string): Promise<void> {
  const user = await visitor.db.user.findFirst({
    where: { email, disabledAt: null, passwordHash: { not: null } },
  });
  if (user === null) {
    await writeAudit(asAuthor(visitor, visitor.db, null), {
      action: "user.request_reset",
      outcome: "refused",
      targetType: "user",
      targetName: "(no such account)",
    });
    return;
  }
  const token = await visitor.db.$transaction(async (tx) => {
    await writeAudit(asAuthor(visitor, tx, null), {
      action: "user.request_reset",
      outcome: "ok",
      ...userTarget(user),
    });
    return makeResetToken(tx, user.id, visitor.clock());
  });
  const values = {
    name: user.name,
    origin: mail.origin,
    link: `${mail.origin}${resetPath(token)}`,
  };
  await mail.send({ to: user.email, ...mailText(user.locale, "account.reset", values) });
}
