"use server";

import { cookies } from "next/headers";
import { publicAction } from "@/app/action";
import { visitorContext } from "@/app/session";
import { visitCookie } from "@/lib/auth/visit-cookie";
import { joinShareSchema } from "@/lib/model/console-share";
import { joinSharedScreen } from "@/lib/services/console-share/join-shared-screen";

/** Somebody comes by a link: the browser keeps the secret of the visit until the link ends. */
export const joinShareAction = publicAction(joinShareSchema, async (input) => {
  const { screen, secret, expiresAt } = await joinSharedScreen(await visitorContext(), input);
  const { name, options } = visitCookie(screen.shareId);
  (await cookies()).set(name, secret, { ...options, expires: expiresAt });
  return { shareId: screen.shareId };
});
