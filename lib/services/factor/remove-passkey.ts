import { z } from "zod";
import { notFound } from "@/lib/model/errors";
import { passkeyIdSchema } from "@/lib/model/passkey";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "./assert-proved";
import { dropIdleRecoveryCodes } from "./recovery-codes";

export const removePasskeySchema = z.object({ id: passkeyIdSchema });

/**
 * Forgets one of the actor's passkeys. Anybody else's is `not_found`; throws `auth.forbidden`
 * without a recent proof.
 */
export async function removePasskey(
  ctx: Context,
  input: z.output<typeof removePasskeySchema>,
): Promise<void> {
  assertPerson(ctx.actor);
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  await ctx.db.$transaction(async (tx) => {
    const passkey = await tx.passkey.findFirst({ where: { id: input.id, userId } });
    if (passkey === null) throw notFound("passkey");
    await tx.passkey.delete({ where: { id: passkey.id } });
    await dropIdleRecoveryCodes(tx, userId);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "factor.passkey_remove",
        outcome: "ok",
        targetType: "passkey",
        targetId: passkey.id,
        targetName: passkey.name,
      },
    );
  });
}
