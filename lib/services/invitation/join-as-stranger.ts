import { z } from "zod";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { personNameSchema } from "@/lib/model/person";
import type { SignedIn } from "../user/admit-user";
import { hashNewPassword } from "../user/create-first-admin";
import { openSession } from "../user/open-session";
import { asAuthor, type Visitor } from "../user/visitor";
import { invitationGone, openInvitation } from "./invitation";
import { type Accepted, useUp } from "./use-up";

export const joinAsStrangerSchema = z.object({
  token: z.string().min(1).max(200),
  name: personNameSchema,
  password: z.string("field.password.required").max(1_000, "field.password.too_long"),
  locale: z.enum(["en", "zh-CN"]),
});

/**
 * Makes an account for the invited address, takes up the invitation and signs in. Throws
 * `not_found` for a link that leads nowhere, `conflict.exists` when the address has an account,
 * `input.invalid` for a weak password (the link stays good).
 */
export async function joinAsStranger(
  visitor: Visitor,
  input: z.output<typeof joinAsStrangerSchema>,
): Promise<{ signedIn: SignedIn; accepted: Accepted }> {
  const { token, name, password, locale } = input;
  // Before the costly hash, so that strangers cannot make us compute it.
  const offer = await openInvitation(visitor.db, token, visitor.clock());
  if (offer === null) throw invitationGone();
  const { email } = offer;
  if ((await visitor.db.user.count({ where: { email } })) > 0) throw accountExists();
  const passwordHash = await hashNewPassword(password, { email, name });
  return visitor.db.$transaction(async (tx) => {
    const now = visitor.clock();
    if ((await tx.user.count({ where: { email } })) > 0) throw accountExists();
    const userId = newId();
    await tx.user.create({
      data: { id: userId, email, name, locale, passwordHash, createdAt: now, passwordSetAt: now },
    });
    const author = asAuthor(visitor, tx, { id: userId, name });
    const accepted = await useUp(tx, author, { token, userId });
    const secret = await openSession(visitor, tx, userId);
    return { signedIn: { userId, name, email, locale, secret }, accepted };
  });
}

function accountExists(): AppError {
  return new AppError({
    code: "conflict.exists",
    message: "the invited address has an account",
    userMessage: { key: "invitation.account_exists" },
  });
}
