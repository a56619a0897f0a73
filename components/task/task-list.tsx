"use client";

import { Activity } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLiveTasks } from "@/components/shell/live-provider";
import { EmptyState } from "@/components/ui/empty-state";
import type { TaskView } from "@/lib/model/task";
import { isOpen, mergeTasks } from "./merge-tasks";
import { TaskItem } from "./task-item";
import type { CancelTaskAction } from "./types";

const none = [] as const;

interface TaskListProps {
  initial: TaskView[];
  slug: string;
  /** Only this object's tasks; without it the whole project's. */
  targetId?: string;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** Tasks, live: those under way first. */
export function TaskList({ initial, slug, targetId, mayCancel, cancel }: TaskListProps) {
  const t = useTranslations("common.tasks");
  const live = useLiveTasks(none);
  const tasks = mergeTasks(
    initial,
    live,
    (task) => targetId === undefined || task.targetId === targetId,
  );
  const open = tasks.filter(isOpen);
  const ended = tasks.filter((task) => !isOpen(task));
  if (tasks.length === 0) {
    return (
      <EmptyState icon={<Activity aria-hidden="true" />} title={t("emptyTitle")}>
        {t("emptyBody")}
      </EmptyState>
    );
  }

  const section = (title: string, list: TaskView[]) => (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {list.map((task) => (
          <li key={task.id} className="px-4 py-3">
            <TaskItem
              task={task}
              href={targetId === undefined ? hrefOf(task, slug) : null}
              mayCancel={mayCancel}
              cancel={cancel}
            />
          </li>
        ))}
      </ul>
    </section>
  );

  return (
    <div className="flex flex-col gap-6">
      {open.length > 0 && section(t("underWay"), open)}
      {ended.length > 0 && section(t("earlier"), ended)}
    </div>
  );
}

function hrefOf(task: TaskView, slug: string): string | null {
  if (task.kind === "vm.create" && task.state !== "failed" && task.state !== "cancelled") {
    return task.targetId && `/p/${slug}/vms/${task.targetId}`;
  }
  return task.kind.startsWith("image.") ? `/p/${slug}/images` : null;
}
