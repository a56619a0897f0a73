import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MembersPanel } from "@/app/(portal)/members-panel";
import { projectPage } from "@/app/(portal)/project-page";
import { PageHeader } from "@/components/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("project.members"))("title") };
}

export default async function MembersPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const t = await getTranslations("project.members");
  return (
    <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <MembersPanel ctx={ctx} project={project} />
    </div>
  );
}
