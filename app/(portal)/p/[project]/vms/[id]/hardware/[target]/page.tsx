import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { DiskFilePanel } from "@/components/volume/disk-file-panel";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import { type DiskFileView, diskTargetSchema } from "@/lib/model/volume/disk-file";
import type { Context } from "@/lib/services/context";
import { getDiskFile } from "@/lib/services/volume/get-disk-file";
import { vmPage } from "../../vm-page";

interface DiskFilePageProps {
  params: Promise<{ project: string; id: string; target: string }>;
}

export async function generateMetadata({ params }: DiskFilePageProps): Promise<Metadata> {
  return { title: (await params).target };
}

export default async function DiskFilePage({ params }: DiskFilePageProps) {
  const { project: slug, id, target } = await params;
  if (!diskTargetSchema.safeParse(target).success) notFound();
  const { ctx, vm } = await vmPage(slug, id);
  const { view, failure } = await orNotFound(readNow(ctx, { vmId: vm.id, target }));
  return (
    <DiskFilePanel
      back={`/p/${slug}/vms/${vm.id}/hardware`}
      target={target}
      view={view}
      failure={failure}
    />
  );
}

/** Only the host knows it: one that is away, or a VM that is being made, is no broken page. */
async function readNow(
  ctx: Context,
  disk: { vmId: string; target: string },
): Promise<{ view: DiskFileView | null; failure: UserMessage | null }> {
  try {
    return { view: await getDiskFile(ctx, disk), failure: null };
  } catch (error) {
    if (!isAppError(error) || error.code === "auth.forbidden") throw error;
    const inNoPool = { key: "volume.in_no_pool" };
    return { view: null, failure: error.code === "not_found" ? inNoPool : error.userMessage };
  }
}
