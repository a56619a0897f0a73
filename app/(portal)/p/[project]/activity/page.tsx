import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { TaskList } from "@/components/task/task-list";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { listTasks } from "@/lib/services/task/list-tasks";
import { cancelTaskAction } from "./actions";

const SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.tasks"))("title") };
}

export default async function ActivityPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, tasks] = await Promise.all([
    getTranslations("common.tasks"),
    listTasks(ctx, { projectId: project.id, limit: SHOWN }),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <TaskList
        initial={tasks}
        slug={project.slug}
        mayCancel={can(ctx.actor, "task.cancel", project.id)}
        cancel={cancelTaskAction}
      />
    </div>
  );
}
