import { cache } from "react";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { pageContext } from "@/app/session";
import { notFound } from "@/lib/model/errors";
import { can } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";

/**
 * For the pages of administration, which administrators and auditors see: others are told that
 * there is nothing here. What changes something asks for its own right besides.
 */
export const adminPage = cache(async (): Promise<Context> => {
  const ctx = await pageContext();
  await orNotFound(seesAdministration(ctx));
  return ctx;
});

async function seesAdministration({ actor }: Context): Promise<void> {
  if (!can(actor, "host.read")) throw notFound("administration");
}
