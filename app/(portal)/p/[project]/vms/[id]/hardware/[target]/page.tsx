import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { reasons, reasonsOn } from "@/app/why-not";
import { CheckCard } from "@/components/volume/check-card";
import { DiskFilePanel } from "@/components/volume/disk-file-panel";
import { RewriteCard } from "@/components/volume/rewrite-card";
import { isAppError, type UserMessage } from "@/lib/model/errors";
import { type DiskFileView, diskTargetSchema } from "@/lib/model/volume/disk-file";
import { can } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";
import { getQuota } from "@/lib/services/quota/get-quota";
import { getDiskFile } from "@/lib/services/volume/get-disk-file";
import { cancelTaskAction } from "../../../../activity/actions";
import { vmPage } from "../../vm-page";
import { checkDiskAction, compactDiskAction, convertDiskAction } from "./actions";

interface DiskFilePageProps {
  params: Promise<{ project: string; id: string; target: string }>;
}

export async function generateMetadata({ params }: DiskFilePageProps): Promise<Metadata> {
  return { title: (await params).target };
}

export default async function DiskFilePage({ params }: DiskFilePageProps) {
  const { project: slug, id, target } = await params;
  if (!diskTargetSchema.safeParse(target).success) notFound();
  const { ctx, project, vm } = await vmPage(slug, id);
  const [{ view, failure }, why, whyNotLook, quota] = await Promise.all([
    orNotFound(readNow(ctx, { vmId: vm.id, target })),
    reasonsOn(ctx, vm),
    reasons(ctx, project.id),
    getQuota(ctx, { projectId: project.id }),
  ]);
  return (
    <DiskFilePanel
      back={`/p/${slug}/vms/${vm.id}/hardware`}
      target={target}
      view={view}
      failure={failure}
    >
      {view && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <RewriteCard
            detail={vm}
            view={view}
            quota={quota}
            forbidden={why("vm.disk")}
            convert={convertDiskAction}
            compact={compactDiskAction}
            mayCancel={can(ctx.actor, "task.cancel", project.id)}
            cancel={cancelTaskAction}
          />
          {/* Looking changes nothing, so that a template can be checked, too. */}
          <CheckCard
            detail={vm}
            view={view}
            forbidden={whyNotLook("vm.disk")}
            check={checkDiskAction}
          />
        </div>
      )}
    </DiskFilePanel>
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
