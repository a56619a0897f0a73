"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { action, publicAction } from "@/app/action";
import { visitorContext } from "@/app/session";
import { ownPath } from "@/lib/auth/own-path";
import { setupAdmin, setupAdminSchema } from "@/lib/services/user/setup-admin";
import { signIn, signInSchema } from "@/lib/services/user/sign-in";
import { signOut } from "@/lib/services/user/sign-out";
import { forgetSession, keepSession } from "./session-cookies";

/** Signs in and goes on to where the person wanted to go. */
export const signInAction = publicAction(
  signInSchema.extend({ callbackUrl: z.string().nullable() }),
  async ({ callbackUrl, ...input }) => {
    await keepSession(await signIn(await visitorContext(), input));
    redirect(ownPath(callbackUrl));
  },
);

/** Uses up the setup link, and goes on to the start page, signed in. */
export const setupAction = publicAction(setupAdminSchema, async (input) => {
  await keepSession(await setupAdmin(await visitorContext(), input));
  redirect("/");
});

/** Ends this session; the browser is to load the sign-in page anew. */
export const signOutAction = action(z.undefined(), async (ctx) => {
  await signOut(ctx);
  await forgetSession();
});
