"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/app/action";
import { requestRelyingParty, visitorContext } from "@/app/session";
import { ownPath } from "@/lib/auth/own-path";
import { passkeyAssertionSchema } from "@/lib/model/passkey";
import { secondFactorSchema } from "@/lib/model/proof";
import { isPending } from "@/lib/services/user/admit-user";
import { beginSignIn, signInSchema } from "@/lib/services/user/begin-sign-in";
import { askSecondPasskey, finishSignIn } from "@/lib/services/user/finish-sign-in";
import { askAnyPasskey, signInWithPasskey } from "@/lib/services/user/passkey-sign-in";
import { setupAdmin, setupAdminSchema } from "@/lib/services/user/setup-admin";
import { keepCheck, keepPasskeyTicket, keepSession, takePasskeyTicket } from "./session-cookies";

const callbackUrl = z.string().nullable();

/** Takes the password, and goes on to where the person wanted to go or to the second factor. */
export const signInAction = publicAction(
  signInSchema.extend({ callbackUrl }),
  async ({ callbackUrl, ...input }) => {
    const step = await beginSignIn(await visitorContext(), input);
    const path = ownPath(callbackUrl);
    if (isPending(step)) {
      await keepCheck(step.check);
      redirect(`/sign-in/verify?callbackUrl=${encodeURIComponent(path)}`);
    }
    await keepSession(step);
    redirect(path);
  },
);

/** Takes the second factor, and goes on to where the person wanted to go. */
export const finishSignInAction = publicAction(
  z.object({ factor: secondFactorSchema, callbackUrl }),
  async ({ factor, callbackUrl }) => {
    const rp = await requestRelyingParty();
    await keepSession(await finishSignIn(await visitorContext(), factor, rp));
    redirect(ownPath(callbackUrl));
  },
);

/** The question for a passkey as the second factor. */
export const askSecondPasskeyAction = publicAction(z.undefined(), async () =>
  askSecondPasskey(await visitorContext(), await requestRelyingParty()),
);

/** The question for any passkey of this portal; null where passkeys cannot work. */
export const askPasskeyAction = publicAction(z.undefined(), async () => {
  const question = await askAnyPasskey(await visitorContext(), await requestRelyingParty());
  if (question === null) return null;
  await keepPasskeyTicket(question.ticket);
  return question.options;
});

/** Signs in by the passkey's answer alone. */
export const passkeySignInAction = publicAction(
  z.object({ response: passkeyAssertionSchema, callbackUrl }),
  async ({ response, callbackUrl }) => {
    const input = { response, ticket: await takePasskeyTicket() };
    const rp = await requestRelyingParty();
    await keepSession(await signInWithPasskey(await visitorContext(), input, rp));
    redirect(ownPath(callbackUrl));
  },
);

/** Uses up the setup link, and goes on to the start page, signed in. */
export const setupAction = publicAction(setupAdminSchema, async (input) => {
  await keepSession(await setupAdmin(await visitorContext(), input));
  redirect("/");
});
