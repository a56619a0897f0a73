import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { projectPage } from "@/app/(portal)/project-page";
import { RecordingPlayer } from "@/components/recording/recording-player";
import { getRecording } from "@/lib/services/recording/get-recording";
import { noteExportAction } from "../actions";

interface RecordingPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recording.player"))("title") };
}

export default async function RecordingPage({ params }: RecordingPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project } = await projectPage(slug);
  const recording = await orNotFound(getRecording(ctx, { recordingId: id }));
  if (recording.projectId !== project.id) notFound();
  return (
    <RecordingPlayer
      recording={recording}
      segmentsHref={`/p/${project.slug}/project/recordings/${recording.id}/segments`}
      listHref={`/p/${project.slug}/project/recordings`}
      noteExport={noteExportAction}
    />
  );
}
