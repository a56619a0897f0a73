import { onTestFinished } from "vitest";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { FakeHosts } from "@/lib/services/testing/fake-hosts";
import { silentLog } from "@/lib/services/testing/silent-log";
import type { TaskDefinition } from "./definitions/definition";
import { announceTask, enqueueTask } from "./definitions/enqueue";
import { type AnyTaskHandler, anyHandler, type Step } from "./handlers/handler";
import { createTaskRunner, type RunnerDeps, type TaskRunner } from "./task-runner";

export const steps = ["one", "two", "three"];
const definition: TaskDefinition<{ value: number }> = {
  kind: "vm.create",
  input: z.object({ value: z.number() }),
  steps,
  cancellable: true,
};

/** Three steps that keep what they did in a list, like side effects on a host. */
export function recorder(override: Record<string, Partial<Step<{ value: number }>>> = {}) {
  const effects: string[] = [];
  const log: string[] = [];
  const step = (name: string): Step<{ value: number }> => ({
    async run() {
      log.push(name);
      if (!effects.includes(name)) effects.push(name);
    },
    async undo() {
      log.push(`-${name}`);
      if (effects.includes(name)) effects.splice(effects.indexOf(name), 1);
    },
    ...override[name],
  });
  const handler = {
    definition,
    steps: Object.fromEntries(steps.map((each) => [each, step(each)])),
  };
  const handlers: Record<string, AnyTaskHandler> = { "vm.create": anyHandler(handler) };
  return { effects, log, handlers };
}

export async function enqueue(db: Db, options: { targetId?: string; hostId?: string } = {}) {
  const taskId = await enqueueTask(db, definition, {
    input: { value: 1 },
    projectId: "project",
    hostId: options.hostId ?? null,
    targetId: options.targetId ?? `target-${Math.random()}`,
    targetName: "target",
    actor: { userId: "u", name: "U" },
    now: new Date(),
  });
  announceTask(taskId, "project");
  return taskId;
}

export function startRunner(db: Db, options: Partial<RunnerDeps>): TaskRunner {
  const runner = createTaskRunner({
    db,
    hosts: new FakeHosts(),
    log: silentLog,
    leaseMs: 400,
    unknownDelayMs: 20,
    ...options,
  });
  onTestFinished(() => runner.stop(0));
  runner.pump();
  return runner;
}

export async function stateOf(db: Db, id: string) {
  const task = await db.task.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { position: "asc" } } },
  });
  return { ...task, stepStates: task.steps.map((step) => step.state) };
}

/** A fail point that stops the world: the promise never ends, like a process that was killed. */
export function crashAt(point: string) {
  let reached = (): void => undefined;
  const crashed = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const failPoint = async (name: string): Promise<void> => {
    if (name !== point) return;
    reached();
    await new Promise(() => undefined);
  };
  return { failPoint, crashed };
}
