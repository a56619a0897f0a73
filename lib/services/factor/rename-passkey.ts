import { z } from "zod";
import { notFound } from "@/lib/model/errors";
import { passkeyIdSchema, passkeyNameSchema } from "@/lib/model/passkey";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const renamePasskeySchema = z.object({ id: passkeyIdSchema, name: passkeyNameSchema });

/** Gives one of the actor's passkeys another name. Anybody else's is `not_found`. */
export async function renamePasskey(
  ctx: Context,
  input: z.output<typeof renamePasskeySchema>,
): Promise<void> {
  assertPerson(ctx.actor);
  const { id, name } = input;
  await ctx.db.$transaction(async (tx) => {
    const renamed = await tx.passkey.updateMany({
      where: { id, userId: ctx.actor.userId },
      data: { name },
    });
    if (renamed.count !== 1) throw notFound("passkey");
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "factor.passkey_rename",
        outcome: "ok",
        targetType: "passkey",
        targetId: id,
        targetName: name,
      },
    );
  });
}
