import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext } from "@/app/session";
import type { Context } from "@/lib/services/context";

/** For the administrator's pages: others are told that there is nothing here. */
export const adminPage = cache(async (): Promise<Context> => {
  const ctx = await pageContext();
  if (!ctx.actor.isAdmin) notFound();
  return ctx;
});
