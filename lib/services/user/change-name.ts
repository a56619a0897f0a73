import { z } from "zod";
import { personNameSchema } from "@/lib/model/person";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const changeNameSchema = z.object({ name: personNameSchema });

/** Changes the actor's own name. What he did before keeps the old one. */
export async function changeName(
  ctx: Context,
  input: z.output<typeof changeNameSchema>,
): Promise<void> {
  assertPerson(ctx.actor);
  const { userId, name: before, email } = ctx.actor;
  await ctx.db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { name: input.name } });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "user.change_name",
        outcome: "ok",
        targetType: "user",
        targetId: userId,
        targetName: email,
        detail: { before, name: input.name },
      },
    );
  });
}
