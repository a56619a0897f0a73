"use server";

import { after } from "next/server";
import { publicAction } from "@/app/action";
import { visitorContext } from "@/app/session";
import { logger } from "@/lib/log";
import { requestReset, requestResetSchema } from "@/lib/services/user/request-reset";
import { resetPassword, resetPasswordSchema } from "@/lib/services/user/reset-password";

/** Answers first and looks afterwards: the time tells nothing either. */
export const requestResetAction = publicAction(requestResetSchema, async (input) => {
  const send = await requestReset(await visitorContext(), input);
  after(() =>
    send().catch((error: unknown) => {
      logger().error({ err: error }, "a link to a new password could not be sent");
    }),
  );
});

export const resetPasswordAction = publicAction(resetPasswordSchema, async (input) =>
  resetPassword(await visitorContext(), input),
);
