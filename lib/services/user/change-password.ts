import { z } from "zod";
import { verifyPassword } from "@/lib/auth/password";
import { countConfirmation } from "@/lib/auth/rate-limit";
import { endAllSessions } from "@/lib/auth/session";
import { AppError } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { hashNewPassword } from "./create-first-admin";

export const changePasswordSchema = z.object({
  current: z.string().min(1, "field.password.required").max(1_000, "field.password.wrong"),
  next: z.string().min(1, "field.password.required").max(1_000, "field.password.too_long"),
});
export type ChangePasswordInput = z.infer<typeof changePasswordSchema>;

/**
 * Changes the actor's own password and ends all his other sessions at once: whoever knew the
 * old one is out. Throws `input.invalid` naming `current` or `next`, and `rate.limited`.
 */
export async function changePassword(ctx: Context, input: ChangePasswordInput): Promise<void> {
  assertPerson(ctx.actor);
  const { userId, sessionId, email, name } = ctx.actor;
  const uncount = await countConfirmation(userId);
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const audit = {
    action: "user.change_password",
    targetType: "user",
    targetId: userId,
  } as const;
  if (!(await verifyPassword(user.passwordHash, input.current))) {
    await writeAudit(ctx, { ...audit, outcome: "refused" });
    throw wrongField("current", "field.password.wrong");
  }
  await uncount();
  if (input.next === input.current) throw wrongField("next", "field.password.same");
  const passwordHash = await hashNewPassword(input.next, { email, name }, "next");
  await ctx.db.$transaction(async (tx) => {
    const changed = await tx.user.updateMany({
      where: { id: userId, passwordHash: user.passwordHash },
      data: { passwordHash, passwordSetAt: ctx.clock() },
    });
    if (changed.count !== 1) {
      throw new AppError({ code: "conflict.stale", message: "the password changed meanwhile" });
    }
    await endAllSessions(tx, userId, sessionId);
    await writeAudit({ ...ctx, db: tx }, { ...audit, outcome: "ok" });
  });
}

function wrongField(field: string, key: string): AppError {
  return new AppError({
    code: "input.invalid",
    message: `password not changed: ${key}`,
    fields: { [field]: { key } },
  });
}
