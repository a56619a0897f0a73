import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext } from "@/app/session";
import { can } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";

/**
 * For the pages of administration, which administrators and auditors see: others are told that
 * there is nothing here. What changes something asks for its own right besides.
 */
export const adminPage = cache(async (): Promise<Context> => {
  const ctx = await pageContext();
  if (!can(ctx.actor, "host.read")) notFound();
  return ctx;
});
