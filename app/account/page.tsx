import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/app/session";
import { parseTheme } from "@/components/shell/theme";
import { Card } from "@/components/ui/card";
import { oidcSettings } from "@/lib/auth/oidc";
import { preferenceCookie } from "@/lib/auth/preference-cookie";
import { getProfile } from "@/lib/services/user/get-profile";
import { EmailForm } from "./email-form";
import { NameForm } from "./name-form";
import { OidcCard } from "./oidc-card";
import { Preferences } from "./preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("profile") };
}

interface ProfilePageProps {
  searchParams: Promise<{ oidc?: string | string[] }>;
}

export default async function ProfilePage(props: ProfilePageProps) {
  const { oidc: outcome } = await props.searchParams;
  const oidc = oidcSettings();
  const ctx = await pageContext();
  const [t, account, cookieStore, profile] = await Promise.all([
    getTranslations("user.profile"),
    getTranslations("account"),
    cookies(),
    getProfile(ctx),
  ]);
  return (
    <>
      <Card title={t("nameTitle")} description={t("nameDescription")}>
        <NameForm name={profile.name} />
      </Card>
      <Card title={t("emailTitle")} description={t("emailDescription")}>
        <EmailForm email={profile.email} hasPassword={profile.hasPassword} />
      </Card>
      {oidc && (
        <OidcCard
          name={oidc.name}
          linked={profile.issuers.includes(oidc.issuer)}
          hasPassword={profile.hasPassword}
          refused={outcome === "refused"}
        />
      )}
      <Card title={account("languageTitle")} description={account("languageDescription")}>
        <Preferences theme={parseTheme(cookieStore.get(preferenceCookie("theme").name)?.value)} />
      </Card>
    </>
  );
}
