import type { Prisma, Task, TaskStep } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import type { TaskState } from "@/lib/model/task";
import { publish } from "@/lib/services/live/bus";
import type { AnyTaskHandler, Step, StepContext } from "./handlers/handler";
import { leavesUnknown, taskErrorOf } from "./outcome";

export type ClaimedTask = Task & { steps: TaskStep[] };

export interface RunOptions {
  task: ClaimedTask;
  handler: AnyTaskHandler;
  context: StepContext;
  owner: string;
  /** Prolongs the lease; false when it is lost. */
  holds(): Promise<boolean>;
  /** Called at named points around every side effect; tests stop the world here. */
  failPoint(name: string): Promise<void>;
  /** Whether the abort came from a person who cancelled. */
  cancelled(): boolean;
  /** Whether the task was left in doubt too often: then it is undone instead. */
  givesUp(): boolean;
  /** Rest before a task in doubt is looked at again. */
  unknownDelayMs: number;
}

/** How a run left its task. `left` is neither: the lease is lost or the portal stops. */
export type RunResult = Extract<TaskState, "done" | "failed" | "cancelled" | "unknown"> | "left";

/** The lease went to another runner: whatever is written now would be a lie. */
class LeaseLost extends Error {}

/**
 * Does or undoes a claimed task, from wherever it stands. A step's row is written before its
 * side effect, so that after a crash the row says where to look.
 */
export async function runTask(options: RunOptions): Promise<RunResult> {
  const { task, handler } = options;
  try {
    const input = handler.definition.input.parse(JSON.parse(task.input));
    if (task.error !== null) return await undoAll(options, input, "failed");
    if (options.cancelled()) return await undoAll(options, input, "cancelled");
    return await goForward(options, input);
  } catch (error) {
    if (error instanceof LeaseLost) return "left";
    throw error;
  }
}

async function goForward(options: RunOptions, input: unknown): Promise<RunResult> {
  const { task, handler, context } = options;
  try {
    for (const row of task.steps) {
      if (row.state === "done") continue;
      if (options.cancelled()) return await undoAll(options, input, "cancelled");
      context.signal.throwIfAborted();
      await doStep(options, row, stepOf(handler, row.name), input);
    }
    return await finish(options, "done");
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (options.cancelled()) return await undoAll(options, input, "cancelled");
    if (context.signal.aborted) return "left";
    if (leavesUnknown(error) && !options.givesUp()) return await leaveUnknown(options, error);
    context.log.error({ err: error, taskId: task.id, kind: task.kind }, "task failed");
    task.error = JSON.stringify(taskErrorOf(error));
    await update(options, { error: task.error });
    return await undoAll(options, input, "failed");
  }
}

async function doStep(
  options: RunOptions,
  row: TaskStep,
  step: Step<unknown>,
  input: unknown,
): Promise<void> {
  const { task, context } = options;
  const point = `${task.kind}:${row.name}`;
  const interrupted = row.state === "running";
  await updateStep(options, row, { state: "running", startedAt: context.clock() });
  const isThere = interrupted && step.look ? await step.look(context, input) : false;
  if (!isThere) {
    await options.failPoint(`${point}:before`);
    await hold(options);
    await step.run(context, input);
  }
  await options.failPoint(`${point}:after`);
  await updateStep(options, row, { state: "done", endedAt: context.clock() });
}

/** Undoes every step that has begun, last first. A step that cannot be undone is said so. */
async function undoAll(
  options: RunOptions,
  input: unknown,
  outcome: "failed" | "cancelled",
): Promise<RunResult> {
  const { task, handler, context } = options;
  for (const row of [...task.steps].reverse()) {
    if (row.state !== "done" && row.state !== "running") continue;
    const point = `${task.kind}:${row.name}:undo`;
    const step = stepOf(handler, row.name);
    try {
      await options.failPoint(`${point}:before`);
      await hold(options);
      await step.undo?.(undoContext(context), input);
      await options.failPoint(`${point}:after`);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (leavesUnknown(error) || !options.givesUp()) return await leaveUnknown(options, error);
      context.log.error({ err: error, taskId: task.id, step: row.name }, "step not undone");
      await updateStep(options, row, { state: "failed", endedAt: context.clock() });
      continue;
    }
    const wasCutOff = row.state === "running" && outcome === "failed";
    const state = wasCutOff ? "failed" : "undone";
    await updateStep(options, row, { state, endedAt: context.clock() });
  }
  return await finish(options, outcome);
}

/** Undoing goes on although the task's signal is aborted: that is why it undoes. */
function undoContext(context: StepContext): StepContext {
  return { ...context, signal: new AbortController().signal };
}

/** A process may have stood still until here, and another one have gone on: then nothing is done twice. */
async function hold(options: RunOptions): Promise<void> {
  if (!(await options.holds())) throw new LeaseLost();
}

async function finish(
  options: RunOptions,
  state: "done" | "failed" | "cancelled",
): Promise<RunResult> {
  const endedAt = options.context.clock();
  const progressPercent = state === "done" ? 100 : null;
  await update(options, { state, endedAt, progressPercent, leaseOwner: null, leaseUntil: null });
  return state;
}

async function leaveUnknown(options: RunOptions, error: unknown): Promise<RunResult> {
  const { task, context } = options;
  context.log.warn({ err: error, taskId: task.id, kind: task.kind }, "task outcome unknown");
  const leaseUntil = new Date(context.clock().getTime() + options.unknownDelayMs);
  await update(options, { state: "unknown", leaseUntil });
  return "unknown";
}

async function update(
  options: RunOptions,
  data: Prisma.TaskUpdateManyMutationInput,
): Promise<void> {
  const { task, context, owner } = options;
  const written = await context.db.task.updateMany({
    where: { id: task.id, leaseOwner: owner },
    data,
  });
  if (written.count === 0) throw new LeaseLost();
  publish({ type: "task", taskId: task.id, projectId: task.projectId });
}

async function updateStep(
  options: RunOptions,
  row: TaskStep,
  data: { state: string; startedAt?: Date; endedAt?: Date },
): Promise<void> {
  const { task, context, owner } = options;
  const written = await context.db.taskStep.updateMany({
    where: { taskId: row.taskId, position: row.position, task: { leaseOwner: owner } },
    data,
  });
  if (written.count === 0) throw new LeaseLost();
  row.state = data.state;
  publish({ type: "task", taskId: task.id, projectId: task.projectId });
}

function stepOf(handler: AnyTaskHandler, name: string): Step<unknown> {
  const step = handler.steps[name];
  if (step) return step;
  throw new AppError({ code: "internal", message: `${handler.definition.kind} has no ${name}` });
}
