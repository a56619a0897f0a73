import { endedTaskStates, type TaskView } from "@/lib/model/task";

/**
 * The tasks that a page was given, overlaid by live ones: the stream carries recent tasks only,
 * so an older one of the page must not vanish. Newest first.
 */
export function mergeTasks(
  initial: readonly TaskView[],
  live: readonly TaskView[],
  belongs: (task: TaskView) => boolean,
): TaskView[] {
  const byId = new Map(initial.map((task) => [task.id, task]));
  for (const task of live) if (belongs(task)) byId.set(task.id, task);
  return [...byId.values()].sort(
    (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id),
  );
}

/** Whether it is still going to change. */
export function isOpen(task: TaskView): boolean {
  return !endedTaskStates.includes(task.state);
}
