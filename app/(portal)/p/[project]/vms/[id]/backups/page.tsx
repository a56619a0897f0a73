import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reasonsOn } from "@/app/why-not";
import { VmBackups } from "@/components/backup/vm-backups";
import { FollowServer } from "@/components/shell/follow-server";
import { can } from "@/lib/policies/can";
import { listSchedules } from "@/lib/services/backup-schedule/list-schedules";
import { getQuota } from "@/lib/services/quota/get-quota";
import { backupsRevision } from "@/lib/services/vm-backup/backups-revision";
import { listBackups } from "@/lib/services/vm-backup/list-backups";
import { cancelTaskAction } from "../../../activity/actions";
import {
  deleteBackupAction,
  restoreBackupAction,
  restoreInPlaceAction,
  verifyBackupAction,
} from "../../../backups/actions";
import { backupReasons } from "../../../backups/backup-reasons";
import { vmPage } from "../vm-page";
import { createBackupAction, removeScheduleAction, setScheduleAction } from "./actions";

interface VmBackupsPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("backups") };
}

export default async function VmBackupsPage({ params }: VmBackupsPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  const of = { projectId: project.id };
  // All of the project, because that is what the stream tells a revision of.
  const [why, backups, schedules, quota] = await Promise.all([
    reasonsOn(ctx, vm),
    listBackups(ctx, of),
    listSchedules(ctx, of),
    getQuota(ctx, of),
  ]);
  return (
    <>
      <FollowServer of="backups" rendered={backupsRevision(backups, schedules)} />
      <VmBackups
        vm={vm}
        slug={project.slug}
        backups={backups.filter((backup) => backup.vmId === vm.id)}
        schedule={schedules.find((each) => each.vmId === vm.id) ?? null}
        quota={quota}
        forbidden={backupReasons(why)}
        create={createBackupAction}
        scheduleActions={{ set: setScheduleAction, remove: removeScheduleAction }}
        actions={{
          verify: verifyBackupAction,
          restore: restoreBackupAction,
          restoreInPlace: restoreInPlaceAction,
          remove: deleteBackupAction,
        }}
        mayCancel={can(ctx.actor, "task.cancel", project.id)}
        cancel={cancelTaskAction}
      />
    </>
  );
}
