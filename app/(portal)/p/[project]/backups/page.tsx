import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { BackupTasks } from "@/components/backup/backup-tasks";
import { BackupsPanel } from "@/components/backup/backups-panel";
import { FollowServer } from "@/components/shell/follow-server";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { listSchedules } from "@/lib/services/backup-schedule/list-schedules";
import { getQuota } from "@/lib/services/quota/get-quota";
import { backupsRevision } from "@/lib/services/vm-backup/backups-revision";
import { listBackups } from "@/lib/services/vm-backup/list-backups";
import { cancelTaskAction } from "../activity/actions";
import {
  deleteBackupAction,
  restoreBackupAction,
  restoreInPlaceAction,
  verifyBackupAction,
} from "./actions";
import { backupReasons } from "./backup-reasons";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("backup"))("title") };
}

export default async function BackupsPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const of = { projectId: project.id };
  const [t, why, backups, schedules, quota] = await Promise.all([
    getTranslations("backup"),
    reasons(ctx, project.id),
    listBackups(ctx, of),
    listSchedules(ctx, of),
    getQuota(ctx, of),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <FollowServer of="backups" rendered={backupsRevision(backups, schedules)} />
      <PageHeader title={t("title")} description={t("ofProject")} />
      <BackupTasks
        targets={null}
        mayCancel={can(ctx.actor, "task.cancel", project.id)}
        cancel={cancelTaskAction}
      />
      <BackupsPanel
        backups={backups}
        slug={project.slug}
        quota={quota}
        forbidden={backupReasons(why)}
        actions={{
          verify: verifyBackupAction,
          restore: restoreBackupAction,
          restoreInPlace: restoreInPlaceAction,
          remove: deleteBackupAction,
        }}
        ofProject
        begin={null}
      />
    </div>
  );
}
