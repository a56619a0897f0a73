import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/app/session";
import { Card } from "@/components/ui/card";
import { listSessions } from "@/lib/services/user/list-sessions";
import { PasswordForm } from "./password-form";
import { SessionList } from "./session-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("security") };
}

export default async function SecurityPage() {
  const ctx = await pageContext();
  const [t, sessions] = await Promise.all([getTranslations("account"), listSessions(ctx)]);
  const { email, name } = ctx.actor;
  return (
    <>
      <Card title={t("passwordTitle")} description={t("passwordDescription")}>
        <PasswordForm person={{ email, name }} />
      </Card>
      <Card title={t("sessionsTitle")} description={t("sessionsDescription")}>
        <SessionList sessions={sessions} />
      </Card>
    </>
  );
}
