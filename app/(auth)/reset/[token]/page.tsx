import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/session";
import { LinkButton } from "@/components/ui/link-button";
import { readResetLink } from "@/lib/services/user/reset-password";
import { ResetForm } from "./reset-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("user.reset"))("title") };
}

/** Looking at the page uses nothing up: mail programs look at links before people do. */
export default async function ResetPage(props: { params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const t = await getTranslations("user.reset");
  const person = await readResetLink(await visitorContext(), token);
  if (person !== null) return <ResetForm token={token} person={person} />;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("badTitle")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("bad")}</p>
      <LinkButton href="/reset/request" className="h-10 self-start">
        {t("again")}
      </LinkButton>
    </>
  );
}
