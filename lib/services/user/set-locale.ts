import { z } from "zod";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";

export const setLocaleSchema = z.object({ locale: z.enum(["en", "zh-CN"]) });

/** Keeps the actor's language, for his next browser. */
export async function setLocale(ctx: Context, input: z.infer<typeof setLocaleSchema>) {
  const { userId, name } = ctx.actor;
  await ctx.db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { locale: input.locale } });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "user.set_locale",
        outcome: "ok",
        targetType: "user",
        targetId: userId,
        targetName: name,
        detail: { locale: input.locale },
      },
    );
  });
}
