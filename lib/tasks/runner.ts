import { once } from "@/lib/runtime/once";
import { createTaskRunner, type RunnerDeps, type TaskRunner } from "./task-runner";

interface Slot {
  runner: TaskRunner | null;
}

function slot(): Slot {
  return once("tasks.runner", (): Slot => ({ runner: null }));
}

/** Starts the process's runner; a second call is ignored. */
export function startTaskRunner(deps: RunnerDeps): void {
  const own = slot();
  if (own.runner) return;
  own.runner = createTaskRunner(deps);
  own.runner.pump();
}

/** Stops it: running steps get a few seconds, the rest is resumed at the next start. */
export async function stopTaskRunner(drainMs = 5_000): Promise<void> {
  const own = slot();
  await own.runner?.stop(drainMs);
  own.runner = null;
}
