import { AppError } from "@/lib/model/errors";
import { isPending, type SignedIn } from "./admit-user";
import { auditRefusal } from "./audit-refusal";
import { beginSignIn, type SignInInput } from "./begin-sign-in";
import type { Visitor } from "./visitor";

/**
 * Signs in by password alone, for doors that cannot ask for more. Who has set up a second factor
 * is refused by the same error as for a wrong password; otherwise as `beginSignIn`.
 */
export async function signIn(visitor: Visitor, input: SignInInput): Promise<SignedIn> {
  const step = await beginSignIn(visitor, input);
  if (!isPending(step)) return step;
  const user = await visitor.db.user.findUnique({ where: { email: input.email } });
  await auditRefusal(visitor, user, "missing");
  throw new AppError({
    code: "auth.required",
    message: "sign-in without the second factor",
    userMessage: { key: "auth.credentials" },
  });
}
