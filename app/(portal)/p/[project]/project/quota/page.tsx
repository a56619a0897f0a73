import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { QuotaGauges } from "@/components/quota/quota-gauges";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getQuota } from "@/lib/services/quota/get-quota";
import { quotaContacts } from "@/lib/services/quota/quota-contacts";

interface QuotaPageProps {
  params: Promise<{ project: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("quota"))("title") };
}

export default async function QuotaPage({ params }: QuotaPageProps) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, quota, contacts] = await Promise.all([
    getTranslations("quota"),
    getQuota(ctx, { projectId: project.id }),
    quotaContacts(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex max-w-6xl flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <QuotaGauges quota={quota} />
      <Card title={t("more")}>
        <p className="text-13">{t("moreHint")}</p>
        {contacts.length > 0 && (
          <p className="mt-1 text-13 text-muted">{t("contacts", { names: contacts.join(", ") })}</p>
        )}
      </Card>
    </div>
  );
}
