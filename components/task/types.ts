import type { ActionResult } from "@/lib/model/result";

export type CancelTaskAction = (input: { taskId: string }) => Promise<ActionResult<unknown>>;
