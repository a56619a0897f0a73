import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requestRelyingParty, visitorContext } from "@/app/session";
import { Link } from "@/components/ui/link";
import { ownPath } from "@/lib/auth/own-path";
import { pendingSignIn } from "@/lib/services/user/finish-sign-in";
import { VerifyForm } from "./verify-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.verify");
  return { title: t("title") };
}

interface VerifyPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

/** The second step of a sign-in; who has not taken the first is sent there. */
export default async function VerifyPage(props: VerifyPageProps) {
  const { callbackUrl } = await props.searchParams;
  const path = ownPath(typeof callbackUrl === "string" ? callbackUrl : null);
  const again = `/sign-in?callbackUrl=${encodeURIComponent(path)}`;
  const pending = await pendingSignIn(await visitorContext());
  if (pending === null) redirect(again);
  const t = await getTranslations("auth.verify");
  const passkey = pending.passkey && (await requestRelyingParty()) !== null;
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("intro")}</p>
      <VerifyForm totp={pending.totp} passkey={passkey} callbackUrl={path} />
      <Link href={again} className="mt-6 self-start text-13 text-muted underline">
        {t("again")}
      </Link>
    </>
  );
}
