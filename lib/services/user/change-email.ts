import { z } from "zod";
import { verifyPassword } from "@/lib/auth/password";
import { countConfirmation } from "@/lib/auth/rate-limit";
import { AppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const changeEmailSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, "field.password.required").max(1_000, "field.password.wrong"),
});

/**
 * Changes the address that the actor signs in with. Throws `input.invalid` naming `password` when
 * it is wrong and `email` when the address cannot be had, for whatever reason; both count, and
 * are written down, so that this is no way to try out who has an account. `rate.limited` after
 * too many.
 */
export async function changeEmail(
  ctx: Context,
  input: z.output<typeof changeEmailSchema>,
): Promise<void> {
  assertPerson(ctx.actor);
  const { userId } = ctx.actor;
  const uncount = await countConfirmation(userId);
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const audit = {
    action: "user.change_email",
    targetType: "user",
    targetId: userId,
    targetName: user.email,
  } as const;
  if (!(await verifyPassword(user.passwordHash, input.password))) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw refused("password", "field.password.wrong");
  }
  if (input.email === user.email) {
    await uncount();
    return;
  }
  const changed = await ctx.db.$transaction(async (tx) => {
    if ((await tx.user.count({ where: { email: input.email } })) > 0) return false;
    await tx.user.update({ where: { id: userId }, data: { email: input.email } });
    // Links that wait in the old mailbox.
    await tx.passwordReset.deleteMany({ where: { userId } });
    await writeAudit(
      { ...ctx, db: tx },
      { ...audit, outcome: "ok", detail: { email: input.email } },
    );
    return true;
  });
  if (!changed) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw refused("email", "field.email.unusable");
  }
  await uncount();
}

function refused(field: string, key: string): AppError {
  return new AppError({
    code: "input.invalid",
    message: `address not changed: ${key}`,
    fields: { [field]: { key } },
  });
}
