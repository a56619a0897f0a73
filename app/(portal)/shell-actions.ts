"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { publicAction } from "@/app/action";
import { requestActor, requestContext } from "@/app/session";
import { themeCookie, themes } from "@/components/shell/theme";
import { localeCookie, locales } from "@/i18n/locales";
import { setLocale } from "@/lib/services/user/set-locale";

const YEAR_S = 365 * 24 * 3600;
const lasting = { path: "/", maxAge: YEAR_S, sameSite: "lax", httpOnly: true } as const;

/** The look of this browser; no account needed. */
export const setThemeAction = publicAction(z.enum(themes), async (theme) => {
  (await cookies()).set(themeCookie, theme, lasting);
});

/** The language of this browser, and of the account when somebody is signed in. */
export const setLocaleAction = publicAction(z.enum(locales), async (locale) => {
  (await cookies()).set(localeCookie, locale, lasting);
  if ((await requestActor()) !== null) await setLocale(await requestContext(), { locale });
});
