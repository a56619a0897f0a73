import { z } from "zod";
import type { Context } from "@/lib/services/context";

export const setLocaleSchema = z.object({ locale: z.enum(["en", "zh-CN"]) });

/** Keeps the actor's language, for his next browser. */
export async function setLocale(ctx: Context, input: z.infer<typeof setLocaleSchema>) {
  await ctx.db.user.update({ where: { id: ctx.actor.userId }, data: { locale: input.locale } });
}
