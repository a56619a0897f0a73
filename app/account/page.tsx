import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { requireActor } from "@/app/session";
import { parseTheme, themeCookie } from "@/components/shell/theme";
import { Card } from "@/components/ui/card";
import { Preferences } from "./preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("profile") };
}

export default async function ProfilePage() {
  await requireActor();
  const [t, cookieStore] = await Promise.all([getTranslations("account"), cookies()]);
  return (
    <Card title={t("languageTitle")} description={t("languageDescription")}>
      <Preferences theme={parseTheme(cookieStore.get(themeCookie)?.value)} />
    </Card>
  );
}
