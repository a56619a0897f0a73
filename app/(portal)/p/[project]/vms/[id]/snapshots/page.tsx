import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { SnapshotsPanel } from "@/components/snapshot/snapshots-panel";
import { can } from "@/lib/policies/can";
import { getQuota } from "@/lib/services/quota/get-quota";
import { listSnapshots } from "@/lib/services/snapshot/list-snapshots";
import { cancelTaskAction } from "../../../activity/actions";
import { vmPage } from "../vm-page";
import {
  createSnapshotAction,
  deleteSnapshotAction,
  editSnapshotAction,
  revertSnapshotAction,
} from "./actions";

interface SnapshotsPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("snapshots") };
}

export default async function SnapshotsPage({ params }: SnapshotsPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const [why, set, quota] = await Promise.all([
    reasonsOn(ctx, vm),
    listSnapshots(ctx, { vmId: vm.id }),
    getQuota(ctx, { projectId: project.id }),
  ]);
  return (
    <SnapshotsPanel
      vm={vm}
      set={set}
      quota={quota}
      forbidden={why("vm.snapshot")}
      actions={{
        create: createSnapshotAction,
        edit: editSnapshotAction,
        revert: revertSnapshotAction,
        remove: deleteSnapshotAction,
      }}
      mayCancel={can(ctx.actor, "task.cancel", project.id)}
      cancel={cancelTaskAction}
    />
  );
}
