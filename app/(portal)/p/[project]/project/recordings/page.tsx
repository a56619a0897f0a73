import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { RecordingList } from "@/components/recording/recording-list";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { getRecordingPolicy } from "@/lib/services/recording/get-policy";
import { listRecordings } from "@/lib/services/recording/list-recordings";
import { deleteRecordingAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recording.list"))("title") };
}

interface RecordingsPageProps {
  params: Promise<{ project: string }>;
}

export default async function RecordingsPage({ params }: RecordingsPageProps) {
  const { ctx, project } = await projectPage((await params).project);
  if (!can(ctx.actor, "recording.read", project.id)) notFound();
  const t = await getTranslations("recording.list");
  const [why, policy, recordings] = await Promise.all([
    reasons(ctx, project.id),
    getRecordingPolicy(ctx, { projectId: project.id }),
    listRecordings(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <RecordingList
        recordings={recordings}
        slug={project.slug}
        policy={policy}
        ofProject
        forbidden={why("recording.delete")}
        decides={why("recording.set_policy") === null}
        remove={deleteRecordingAction}
      />
    </div>
  );
}
