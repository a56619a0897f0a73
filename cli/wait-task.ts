import { setTimeout as rest } from "node:timers/promises";
import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { exitCodes } from "./exit-codes";
import type { Printer } from "./printer";

export type Task = OperationResult<"getTask">;

const ended: readonly Task["state"][] = ["done", "failed", "cancelled"];
const pauseMs = 400;

/**
 * Asks until the task has ended, and says how far it is. Throws, with exit code 7, when it ends as
 * failed or cancelled.
 */
export async function waitTask(
  client: Client,
  taskId: string,
  print: Printer,
  signal: AbortSignal,
): Promise<Task> {
  let said = "";
  for (;;) {
    const task = await client.call("getTask", { taskId });
    const step = task.steps.find((each) => each.state === "running")?.name;
    const percent = task.progressPercent === null ? "" : ` ${Math.floor(task.progressPercent)} %`;
    const now = `${task.kind} ${task.targetName}: ${step ?? task.state}${percent}`;
    if (now !== said && !ended.includes(task.state)) print.progress(now);
    said = now;
    if (task.state === "done") return task;
    if (ended.includes(task.state)) throw endedBadly(task);
    await rest(pauseMs, undefined, { signal });
  }
}

function endedBadly(task: Task): CliError {
  const { detail, technical } = task.error ?? {};
  const reason = detail ? `: ${detail}` : "";
  const more = technical ? ` (${technical})` : "";
  const text = `${task.kind} ${task.targetName} ${task.state}${reason}${more}`;
  return new CliError(text, exitCodes.taskFailed, { task });
}
