import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PortalShell } from "@/app/(portal)/portal-shell";
import { pageContext } from "@/app/session";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: { default: t("title"), template: `%s · ${t("title")} · Portico` } };
}

/** What belongs to a person alone, whatever the projects: a page each. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const t = await getTranslations("account");
  const tabs = [
    { href: "/account", label: t("tabs.profile"), exact: true },
    { href: "/account/security", label: t("tabs.security") },
    { href: "/account/ssh-keys", label: t("tabs.sshKeys") },
    { href: "/account/tokens", label: t("tabs.tokens") },
  ];
  return (
    <PortalShell ctx={ctx}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
        <PageHeader title={t("title")} description={t("description", { email: ctx.actor.email })} />
        <div className="border-line border-b">
          <Tabs label={t("tabs.label")} items={tabs} />
        </div>
        {children}
      </div>
    </PortalShell>
  );
}
