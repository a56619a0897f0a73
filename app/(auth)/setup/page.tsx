import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/session";
import { LinkButton } from "@/components/ui/link-button";
import { needsSetup } from "@/lib/services/user/needs-setup";
import { isSetupLinkGood } from "@/lib/services/user/setup-admin";
import { SetupForm } from "./setup-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("setup.title") };
}

interface SetupPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function SetupPage(props: SetupPageProps) {
  const { token } = await props.searchParams;
  const t = await getTranslations("auth");
  const visitor = await visitorContext();
  if (!(await needsSetup(visitor))) {
    return (
      <>
        <h1 className="font-semibold text-2xl tracking-tight">{t("setup.doneTitle")}</h1>
        <p className="mt-1 mb-6 text-muted">{t("setup.done")}</p>
        <LinkButton href="/sign-in" variant="primary" className="h-10 self-start">
          {t("signIn.title")}
        </LinkButton>
      </>
    );
  }
  if (typeof token !== "string" || !(await isSetupLinkGood(visitor, token))) {
    return (
      <>
        <h1 className="font-semibold text-2xl tracking-tight">{t("setup.badLinkTitle")}</h1>
        <p className="mt-1 text-muted">{t("setup.badLink")}</p>
      </>
    );
  }
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("setup.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("setup.intro")}</p>
      <SetupForm token={token} />
    </>
  );
}
