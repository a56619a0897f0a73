"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { action } from "@/app/action";
import { oidcLinkCookieName, oidcLinkMaxAge } from "@/lib/auth/oidc-link";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { startLink } from "@/lib/services/oidc/start-link";
import { unlinkIdentity } from "@/lib/services/oidc/unlink-identity";

/** Notes the wish; the browser then goes to the provider. */
export const startLinkAction = action(z.undefined(), async (ctx) => {
  const note = await startLink(ctx);
  const { options } = sessionCookie();
  (await cookies()).set(oidcLinkCookieName(), note, { ...options, maxAge: oidcLinkMaxAge });
});

export const unlinkAction = action(z.undefined(), (ctx) => unlinkIdentity(ctx));
