"use client";

import { useTranslations } from "next-intl";
import { useLiveTasks } from "@/components/shell/live-provider";
import { isOpen } from "@/components/task/merge-tasks";
import { TaskItem } from "@/components/task/task-item";
import type { CancelTaskAction } from "@/components/task/types";
import type { TaskView } from "@/lib/model/task";

const none = [] as const;

interface BackupTasksProps {
  /** The VM and backups that the page is about; null: all of the project. */
  targets: ReadonlySet<string> | null;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** Tasks on backups that are under way, and the last one when it came to nothing. */
export function BackupTasks({ targets, mayCancel, cancel }: BackupTasksProps) {
  const t = useTranslations("backup");
  const tasks = useBackupTasks(targets);
  const shown = tasks.filter(
    (task, index) => isOpen(task) || (index === 0 && task.state === "failed"),
  );
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("underWay")} className="rounded-lg border border-line bg-surface">
      {shown.map((task) => (
        <li key={task.id} className="border-line px-4 py-3 not-first:border-t">
          <TaskItem task={task} href={null} mayCancel={mayCancel} cancel={cancel} />
        </li>
      ))}
    </ul>
  );
}

/** The stream's tasks on backups, newest first. */
export function useBackupTasks(targets: ReadonlySet<string> | null): TaskView[] {
  return useLiveTasks(none)
    .filter((task) => task.kind.startsWith("backup."))
    .filter((task) => targets === null || targets.has(task.targetId ?? ""))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
