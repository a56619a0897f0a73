"use client";

import { useLiveTasks } from "@/components/shell/live-provider";
import { mergeTasks } from "@/components/task/merge-tasks";
import { TaskItem } from "@/components/task/task-item";
import type { CancelTaskAction } from "@/components/task/types";
import type { TaskView } from "@/lib/model/task";
import { rewriteKinds } from "@/lib/model/volume/convert-plan";

const none = [] as const;

interface RewriteTaskProps {
  initial: TaskView[];
  vmId: string;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** The last writing anew of one of the VM's disks: how far it is, or what came of it. */
export function RewriteTask({ initial, vmId, mayCancel, cancel }: RewriteTaskProps) {
  const live = useLiveTasks(none);
  const isRewrite = (task: TaskView) => rewriteKinds.some((kind) => kind === task.kind);
  const [last] = mergeTasks(
    initial,
    live,
    (task) => task.targetId === vmId && isRewrite(task),
  ).filter(isRewrite);
  if (last === undefined) return null;
  return (
    <div className="mt-4 border-line border-t pt-4">
      <TaskItem task={last} href={null} mayCancel={mayCancel} cancel={cancel} />
    </div>
  );
}
