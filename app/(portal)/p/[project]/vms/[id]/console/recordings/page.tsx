import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { RecordingList } from "@/components/recording/recording-list";
import { can } from "@/lib/policies/can";
import { getRecordingPolicy } from "@/lib/services/recording/get-policy";
import { listVmRecordings } from "@/lib/services/recording/list-recordings";
import { deleteRecordingAction } from "../../../../project/recordings/actions";
import { vmPage } from "../../vm-page";

interface VmRecordingsPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recording.list"))("title") };
}

export default async function VmRecordingsPage({ params }: VmRecordingsPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  if (!can(ctx.actor, "recording.read", project.id)) notFound();
  const [why, policy, recordings] = await Promise.all([
    reasons(ctx, project.id),
    getRecordingPolicy(ctx, { projectId: project.id }),
    listVmRecordings(ctx, { vmId: vm.id }),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <RecordingList
        recordings={recordings}
        slug={project.slug}
        policy={policy}
        ofProject={false}
        forbidden={why("recording.delete")}
        decides={why("recording.set_policy") === null}
        remove={deleteRecordingAction}
      />
    </div>
  );
}
