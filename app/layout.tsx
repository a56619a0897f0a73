import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { parseTheme } from "@/components/shell/theme";
import { Toaster } from "@/components/ui/toaster";
import { preferenceCookie } from "@/lib/auth/preference-cookie";
import "./globals.css";
import { withBase } from "@/lib/base-path";

/** Rendered on the server only, so the browser need not be sent their texts. */
const serverOnlyAreas = new Set(["audit", "doctor", "host", "mail", "network", "problem"]);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { template: "%s · Portico", default: "Portico" },
    description: t("description"),
    icons: { icon: withBase("/icon.svg"), apple: withBase("/apple-icon.png") },
    robots: { index: false, follow: false },
    referrer: "same-origin",
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14181f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, cookieStore] = await Promise.all([
    getLocale(),
    getMessages(),
    cookies(),
  ]);
  const theme = parseTheme(cookieStore.get(preferenceCookie("theme").name)?.value);
  const clientMessages = Object.fromEntries(
    Object.entries(messages).filter(([area]) => !serverOnlyAreas.has(area)),
  );
  return (
    <html
      lang={locale}
      data-theme={theme === "system" ? undefined : theme}
      suppressHydrationWarning
    >
      <body>
        <NextIntlClientProvider messages={clientMessages}>
          {children}
          <Toaster />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
