import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { HomeBoard } from "@/components/project/home-board";
import { QuotaCard } from "@/components/project/quota-card";
import { FollowServer } from "@/components/shell/follow-server";
import { PageHeader } from "@/components/ui/page-header";
import { ReasonLink } from "@/components/ui/reason-link";
import { can } from "@/lib/policies/can";
import { listSchedules } from "@/lib/services/backup-schedule/list-schedules";
import { listImages } from "@/lib/services/image/list-images";
import { hasOpenedConsole } from "@/lib/services/project/has-opened-console";
import { getQuota } from "@/lib/services/quota/get-quota";
import { listTasks } from "@/lib/services/task/list-tasks";
import { listVms } from "@/lib/services/vm/list-vms";
import { backupsRevision } from "@/lib/services/vm-backup/backups-revision";
import { listBackups } from "@/lib/services/vm-backup/list-backups";
import { cancelTaskAction } from "./activity/actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("home") };
}

export default async function HomePage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const input = { projectId: project.id };
  const [t, why, vms, tasks, images, quota, consoleOpened, backups, schedules] = await Promise.all([
    getTranslations("project.home"),
    reasons(ctx, project.id),
    listVms(ctx, input),
    listTasks(ctx, input),
    listImages(ctx, input),
    getQuota(ctx, input),
    hasOpenedConsole(ctx, input),
    listBackups(ctx, input),
    listSchedules(ctx, input),
  ]);
  const create = why("vm.create");
  const unsaved = schedules.flatMap(({ vmId, waiting, last }) => {
    const error = waiting ?? last?.error ?? null;
    const vm = vms.find((each) => each.id === vmId);
    return error === null || vm === undefined ? [] : [{ vmId, vmName: vm.name, error }];
  });
  return (
    <div className="flex max-w-6xl flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={project.name}
        actions={
          <ReasonLink
            variant="primary"
            href={`/p/${project.slug}/vms/new`}
            icon={<Plus aria-hidden="true" />}
            align="end"
            disabledReason={create}
          >
            {t("createVm")}
          </ReasonLink>
        }
      />
      <FollowServer of="backups" rendered={backupsRevision(backups, schedules)} />
      <HomeBoard
        unsaved={unsaved}
        slug={project.slug}
        initial={{ vms, tasks, images }}
        consoleOpened={consoleOpened}
        forbidden={{ upload: why("image.upload"), create, console: why("vm.console") }}
        mayCancel={can(ctx.actor, "task.cancel", project.id)}
        cancel={cancelTaskAction}
      />
      <QuotaCard quota={quota} href={`/p/${project.slug}/project/quota`} />
    </div>
  );
}
