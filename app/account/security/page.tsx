import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext, requestRelyingParty } from "@/app/session";
import { Card } from "@/components/ui/card";
import { listFactors } from "@/lib/services/factor/list-factors";
import { listSessions } from "@/lib/services/user/list-sessions";
import { PasswordForm } from "./password-form";
import { SecondFactors } from "./second-factors";
import { SessionList } from "./session-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("security") };
}

export default async function SecurityPage() {
  const ctx = await pageContext();
  const [t, sessions, factors, rp] = await Promise.all([
    getTranslations("account"),
    listSessions(ctx),
    listFactors(ctx),
    requestRelyingParty(),
  ]);
  const { email, name } = ctx.actor;
  return (
    <>
      <Card title={t("passwordTitle")} description={t("passwordDescription")}>
        <PasswordForm person={{ email, name }} />
      </Card>
      <Card title={t("factors.title")} description={t("factors.description")}>
        <SecondFactors factors={factors} passkeysWork={rp !== null} />
      </Card>
      <Card title={t("sessionsTitle")} description={t("sessionsDescription")}>
        <SessionList sessions={sessions} />
      </Card>
    </>
  );
}
