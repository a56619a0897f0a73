import type { z } from "zod";
import type { TaskKind } from "@/lib/model/task";

/** What a task is, apart from how it is done: services import this to enqueue. */
export interface TaskDefinition<I> {
  kind: TaskKind;
  /** Input is stored as JSON and parsed again by the runner. */
  input: z.ZodType<I>;
  /** Step names in order; also keys of the `task` catalogue under `step`. */
  steps: readonly string[];
  /** Whether a person may stop it while it runs. */
  cancellable: boolean;
}
