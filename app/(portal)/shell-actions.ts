"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { publicAction } from "@/app/action";
import { requestActor, requestContext } from "@/app/session";
import { themes } from "@/components/shell/theme";
import { locales } from "@/i18n/locales";
import { type Preference, preferenceCookie } from "@/lib/auth/preference-cookie";
import { setLocale } from "@/lib/services/user/set-locale";

async function keep(preference: Preference, value: string): Promise<void> {
  const { name, options } = preferenceCookie(preference);
  (await cookies()).set(name, value, options);
}

/** The look of this browser; no account needed. */
export const setThemeAction = publicAction(z.enum(themes), async (theme) => {
  await keep("theme", theme);
});

/** The language of this browser, and of the account when somebody is signed in. */
export const setLocaleAction = publicAction(z.enum(locales), async (locale) => {
  await keep("locale", locale);
  if ((await requestActor()) !== null) await setLocale(await requestContext(), { locale });
});
