"use client";

import { useTranslations } from "next-intl";
import { useLiveTasks } from "@/components/shell/live-provider";
import { Card } from "@/components/ui/card";
import type { TaskView } from "@/lib/model/task";
import { isOpen, mergeTasks } from "./merge-tasks";
import { TaskItem } from "./task-item";
import type { CancelTaskAction } from "./types";

const none = [] as const;

interface TaskCardsProps {
  initial: TaskView[];
  targetId: string;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** What is under way with one object; nothing when nothing is. */
export function TaskCards({ initial, targetId, mayCancel, cancel }: TaskCardsProps) {
  const t = useTranslations("common.tasks");
  const live = useLiveTasks(none);
  const open = mergeTasks(initial, live, (task) => task.targetId === targetId).filter(isOpen);
  if (open.length === 0) return null;
  return (
    <Card title={t("underWay")}>
      <ul className="flex flex-col gap-4">
        {open.map((task) => (
          <li key={task.id}>
            <TaskItem task={task} href={null} mayCancel={mayCancel} cancel={cancel} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
