import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import type { TaskDefinition } from "../definitions/definition";

/** What a step may use. */
export interface StepContext {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock: () => Date;
  /** Folder of the parts of unfinished uploads. */
  uploadsDir: string;
  taskId: string;
  /** Aborted on cancel, on shutdown and when another portal took the task. */
  signal: AbortSignal;
  /** 0..100; written at most twice a second. */
  progress(percent: number): void;
}

/**
 * One side effect. `run` and `undo` are idempotent: a crash may repeat either. `look` answers
 * for a step whose `run` was cut off: whether its effect is there.
 */
export interface Step<I> {
  run(context: StepContext, input: I): Promise<void>;
  undo?(context: StepContext, input: I): Promise<void>;
  look?(context: StepContext, input: I): Promise<boolean>;
}

export interface TaskHandler<I> {
  definition: TaskDefinition<I>;
  steps: Record<string, Step<I>>;
}

/** The runner keeps handlers of different inputs in one map and parses input by definition. */
export type AnyTaskHandler = TaskHandler<unknown>;

/** Erases the input type: safe, because the runner parses it by the handler's own schema. */
export function anyHandler<I>(handler: TaskHandler<I>): AnyTaskHandler {
  return handler as unknown as AnyTaskHandler;
}
