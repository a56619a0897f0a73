import { z } from "zod";
import { hasSecondFactor, lacksRequiredFactor } from "@/lib/auth/required-factor";
import { announceEnded } from "@/lib/auth/session-events";
import type { Prisma } from "@/lib/db/generated/client";
import { readSetting } from "@/lib/db/setting";
import { AppError } from "@/lib/model/errors";
import { mustHaveSecondFactor, type SecondFactorRule, settingSchemas } from "@/lib/model/setting";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";

export const setSettingSchema = z.discriminatedUnion("key", [
  z.object({
    key: z.literal("requireSecondFactor"),
    value: settingSchemas.requireSecondFactor.unwrap(),
  }),
]);
export type SetSettingInput = z.infer<typeof setSettingSchema>;

const passkeyCount = { _count: { select: { passkeys: true } } } as const;

/**
 * Changes a setting of the installation. Who now lacks a required second factor loses open
 * streams and consoles at once, and is led to the enrolment. Throws `auth.forbidden`, also
 * without a recent proof, and `conflict.rule` when the actor would lock himself out.
 */
export async function setSetting(ctx: Context, input: SetSettingInput): Promise<void> {
  assertCan(ctx.actor, "setting.manage");
  await assertProvedRecently(ctx);
  const { key, value } = input;
  await ctx.db.$transaction(async (tx) => {
    await assertOwnFactor(tx, ctx.actor, value);
    const before = await readSetting(tx, key);
    const kept = { value: JSON.stringify(value) };
    await tx.setting.upsert({ where: { key }, create: { key, ...kept }, update: kept });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "setting.change",
        outcome: "ok",
        targetType: "setting",
        targetId: key,
        targetName: key,
        detail: { before, after: value },
      },
    );
  });
  await cutWhoMustEnrol(ctx);
}

async function assertOwnFactor(
  tx: Prisma.TransactionClient,
  actor: Context["actor"],
  rule: SecondFactorRule,
): Promise<void> {
  if (!mustHaveSecondFactor(rule, actor)) return;
  const user = await tx.user.findUniqueOrThrow({
    where: { id: actor.userId },
    include: passkeyCount,
  });
  if (hasSecondFactor(user)) return;
  throw new AppError({
    code: "conflict.rule",
    message: "a second factor required of oneself, without having one",
    userMessage: { key: "auth.factor_first" },
  });
}

/** Streams and consoles were opened under the old rule; their sessions go on. */
async function cutWhoMustEnrol(ctx: Context): Promise<void> {
  const open = await ctx.db.session.findMany({
    where: { revokedAt: null, user: { totpConfirmedAt: null, passkeys: { none: {} } } },
    select: { id: true, user: { include: passkeyCount } },
  });
  for (const { id, user } of open) {
    if (await lacksRequiredFactor(ctx.db, user)) announceEnded([id]);
  }
}
