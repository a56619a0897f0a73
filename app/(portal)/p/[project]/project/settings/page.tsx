import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { RenameForm } from "@/components/project/rename-form";
import { PolicyForm } from "@/components/recording/policy-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { getRecordingPolicy } from "@/lib/services/recording/get-policy";
import { setRecordingPolicyAction } from "../recordings/actions";
import { renameProjectAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("project.settings"))("title") };
}

export default async function SettingsPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  if (!can(ctx.actor, "project.rename", project.id)) notFound();
  const t = await getTranslations("project.settings");
  const policy = await getRecordingPolicy(ctx, { projectId: project.id });
  return (
    <div className="flex max-w-3xl flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} />
      <RenameForm project={project} forbidden={null} rename={renameProjectAction} />
      {can(ctx.actor, "recording.set_policy", project.id) && (
        <PolicyForm projectId={project.id} policy={policy} save={setRecordingPolicyAction} />
      )}
    </div>
  );
}
