import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { setLocaleAction, setThemeAction } from "@/app/(portal)/shell-actions";
import { Brand } from "@/components/shell/brand";
import { PreferencesMenus } from "@/components/shell/preferences-menu";
import { parseTheme } from "@/components/shell/theme";
import { preferenceCookie } from "@/lib/auth/preference-cookie";

/** The setup page's address holds a secret: it is told to nobody. */
export const metadata: Metadata = { referrer: "no-referrer" };

/** The frame of the pages in front of the door: one quiet column. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(preferenceCookie("theme").name)?.value);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <Brand />
        <div className="flex items-center gap-1">
          <PreferencesMenus
            theme={theme}
            actions={{ setTheme: setThemeAction, setLocale: setLocaleAction }}
          />
        </div>
      </header>
      <main className="mx-auto flex w-full max-w-104 flex-1 flex-col justify-center px-4 pt-4 pb-[12vh] sm:px-6">
        {children}
      </main>
    </div>
  );
}
