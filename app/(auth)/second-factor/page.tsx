import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { confirmIdentityAction, proofWaysAction } from "@/app/account/proof-actions";
import { SecondFactors } from "@/app/account/security/second-factors";
import { requestPerson, requestRelyingParty } from "@/app/session";
import { ProofProvider } from "@/components/account/prove-dialog";
import { ownPath } from "@/lib/auth/own-path";
import { SignOutButton } from "./sign-out-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.enrol");
  return { title: t("title") };
}

interface EnrolPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

/** Where they are held who must have a second factor and have none: nothing else opens. */
export default async function EnrolPage(props: EnrolPageProps) {
  const { callbackUrl } = await props.searchParams;
  const path = ownPath(typeof callbackUrl === "string" ? callbackUrl : null);
  const person = await requestPerson();
  if (person === null) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  if (!person.mustEnrol) redirect(path);
  const [t, factors] = await Promise.all([
    getTranslations("auth.enrol"),
    getTranslations("account.factors"),
  ]);
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("intro", { email: person.actor.email })}</p>
      <h2 className="sr-only">{factors("title")}</h2>
      <ProofProvider actions={{ ways: proofWaysAction, confirm: confirmIdentityAction }}>
        <SecondFactors
          factors={{ totp: false, passkeys: [], recoveryCodes: 0 }}
          passkeysWork={(await requestRelyingParty()) !== null}
          next={path}
        />
      </ProofProvider>
      <SignOutButton />
    </>
  );
}
