import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { preferenceCookie } from "@/lib/auth/preference-cookie";
import { acceptedLocale, type Locale, matchLocale, messageAreas } from "./locales";

async function loadMessages(locale: Locale) {
  const areas = await Promise.all(
    messageAreas.map(async (area) => [
      area,
      (await import(`../messages/${locale}/${area}.json`)).default,
    ]),
  );
  return Object.fromEntries(areas);
}

/** The person's choice, kept in a cookie (sign-in copies it from the account), or the browser's. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(preferenceCookie("locale").name)?.value;
  const locale =
    (chosen === undefined ? null : matchLocale(chosen)) ??
    acceptedLocale((await headers()).get("accept-language"));
  return {
    locale,
    messages: await loadMessages(locale),
    now: new Date(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
});
