import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { getSettings } from "@/lib/services/setting/get-settings";
import { adminPage } from "../admin-page";
import { SecondFactorForm } from "./second-factor-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("setting");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const ctx = await adminPage();
  const [t, settings] = await Promise.all([getTranslations("setting"), getSettings(ctx)]);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <Card title={t("secondFactor.title")} description={t("secondFactor.description")}>
        <SecondFactorForm
          now={settings.requireSecondFactor}
          forbidden={can(ctx.actor, "setting.manage") ? null : t("forbidden")}
        />
      </Card>
    </div>
  );
}
