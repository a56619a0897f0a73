import { z } from "zod";
import { notFound } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const removeSshKeySchema = z.object({ id: z.string().min(1).max(100) });

/** Removes one of the actor's own keys. Anybody else's is `not_found`. */
export async function removeSshKey(ctx: Context, input: { id: string }): Promise<void> {
  assertPerson(ctx.actor);
  await ctx.db.$transaction(async (tx) => {
    const row = await tx.sshKey.findFirst({ where: { id: input.id, userId: ctx.actor.userId } });
    if (row === null) throw notFound("ssh key");
    await tx.sshKey.delete({ where: { id: row.id } });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "ssh_key.remove",
        outcome: "ok",
        targetType: "ssh_key",
        targetId: row.id,
        targetName: row.name,
        detail: { fingerprint: row.fingerprint },
      },
    );
  });
}
