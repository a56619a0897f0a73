import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TaskList } from "@/components/task/task-list";
import { can } from "@/lib/policies/can";
import { cancelTaskAction } from "../../../activity/actions";
import { vmPage } from "../vm-page";

interface VmActivityPageProps {
  params: Promise<{ project: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm.tabs"))("activity") };
}

export default async function VmActivityPage({ params }: VmActivityPageProps) {
  const { project: slug, id } = await params;
  const { ctx, project, vm } = await vmPage(slug, id);
  return (
    <div className="p-4 md:p-6">
      <TaskList
        initial={vm.tasks}
        slug={project.slug}
        targetId={vm.id}
        mayCancel={can(ctx.actor, "task.cancel", project.id)}
        cancel={cancelTaskAction}
      />
    </div>
  );
}
