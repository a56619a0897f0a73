"use server";

import { redirect } from "next/navigation";
import { action, publicAction } from "@/app/action";
import { visitorContext } from "@/app/session";
import {
  acceptInvitation,
  acceptInvitationSchema,
} from "@/lib/services/invitation/accept-invitation";
import { joinAsStranger, joinAsStrangerSchema } from "@/lib/services/invitation/join-as-stranger";
import { keepSession } from "../../session-cookies";

/** The signed-in person joins, and goes on to where the invitation leads. */
export const acceptInvitationAction = action(acceptInvitationSchema, async (ctx, input) => {
  const { slug } = await acceptInvitation(ctx, input);
  redirect(slug === null ? "/" : `/p/${slug}`);
});

/** Somebody without an account gets one, is signed in, and goes on. */
export const joinAction = publicAction(joinAsStrangerSchema, async (input) => {
  const { signedIn, accepted } = await joinAsStranger(await visitorContext(), input);
  await keepSession(signedIn);
  redirect(accepted.slug === null ? "/" : `/p/${accepted.slug}`);
});
