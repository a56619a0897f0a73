import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requestPerson, requestRelyingParty, visitorContext } from "@/app/session";
import { ForgotLink } from "@/components/auth/forgot-link";
import { OidcButton } from "@/components/auth/oidc-button";
import { Callout } from "@/components/ui/callout";
import { oidcSettings } from "@/lib/auth/oidc";
import { ownPath } from "@/lib/auth/own-path";
import { needsSetup } from "@/lib/services/user/needs-setup";
import { PasskeyButton } from "./passkey-button";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn.title") };
}

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}

export default async function SignInPage(props: SignInPageProps) {
  const { callbackUrl, error } = await props.searchParams;
  const path = ownPath(typeof callbackUrl === "string" ? callbackUrl : null);
  // Who has yet to set up a second factor is sent on from there.
  if ((await requestPerson()) !== null) redirect(path);
  const t = await getTranslations("auth");
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("signIn.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("signIn.intro")}</p>
      {(await needsSetup(await visitorContext())) && (
        <Callout title={t("signIn.noAdminTitle")} className="mb-6">
          {t("signIn.noAdmin")}
        </Callout>
      )}
      <OidcButton name={oidcSettings()?.name ?? null} callbackUrl={path} error={error} />
      <SignInForm callbackUrl={path} />
      <ForgotLink />
      {(await requestRelyingParty()) !== null && <PasskeyButton callbackUrl={path} />}
    </>
  );
}
