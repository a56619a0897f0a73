import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/session";
import { LinkButton } from "@/components/ui/link-button";
import { RequestForm } from "./request-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("user.reset"))("requestTitle") };
}

export default async function RequestResetPage() {
  const [t, { mail }] = await Promise.all([getTranslations("user.reset"), visitorContext()]);
  if (mail !== null) return <RequestForm />;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("noMailTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("noMail")}</p>
      <LinkButton href="/sign-in" className="h-10 self-start">
        {t("back")}
      </LinkButton>
    </>
  );
}
