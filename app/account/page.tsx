import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { PortalShell } from "@/app/(portal)/portal-shell";
import { pageContext } from "@/app/session";
import { parseTheme, themeCookie } from "@/components/shell/theme";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listSessions } from "@/lib/services/user/list-sessions";
import { PasswordForm } from "./password-form";
import { Preferences } from "./preferences";
import { SessionList } from "./session-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const ctx = await pageContext();
  const [t, sessions, cookieStore] = await Promise.all([
    getTranslations("auth.account"),
    listSessions(ctx),
    cookies(),
  ]);
  const { email, name } = ctx.actor;
  return (
    <PortalShell ctx={ctx}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
        <PageHeader title={t("title")} description={t("description", { email })} />
        <Card title={t("passwordTitle")} description={t("passwordDescription")}>
          <PasswordForm person={{ email, name }} />
        </Card>
        <Card title={t("sessionsTitle")} description={t("sessionsDescription")}>
          <SessionList sessions={sessions} />
        </Card>
        <Card title={t("languageTitle")} description={t("languageDescription")}>
          <Preferences theme={parseTheme(cookieStore.get(themeCookie)?.value)} />
        </Card>
      </div>
    </PortalShell>
  );
}
