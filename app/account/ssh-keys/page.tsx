import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/app/session";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listSshKeys } from "@/lib/services/user/list-ssh-keys";
import { KeyForm } from "./key-form";
import { KeyList } from "./key-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("sshKeys") };
}

export default async function SshKeysPage() {
  const ctx = await pageContext();
  const [t, keys] = await Promise.all([getTranslations("user.sshKeys"), listSshKeys(ctx)]);
  return (
    <>
      {keys.length === 0 ? (
        <EmptyState icon={<KeyRound aria-hidden="true" />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <Card title={t("listTitle")} description={t("listDescription")}>
          <KeyList keys={keys} />
        </Card>
      )}
      <Card title={t("addTitle")} description={t("addDescription")}>
        <KeyForm />
      </Card>
    </>
  );
}
