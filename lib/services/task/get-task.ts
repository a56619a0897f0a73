import { notFound } from "@/lib/model/errors";
import type { TaskView } from "@/lib/model/task";
import { assertCan } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";
import { taskInclude, toTaskView } from "./to-task-view";

/** A task; another tenant's is `not_found`. */
export async function getTask(ctx: Context, input: { taskId: string }): Promise<TaskView> {
  const row = await ctx.db.task.findFirst({
    where: { id: input.taskId, ...scope(ctx.actor) },
    include: taskInclude,
  });
  if (row === null) throw notFound(`task ${input.taskId}`);
  assertCan(ctx.actor, "task.read", row.projectId ?? undefined);
  return toTaskView(row);
}

/** The task that a use case has just begun or changed for this actor, as the answer to it. */
export async function ownTask(ctx: Context, taskId: string): Promise<TaskView> {
  const row = await ctx.db.task.findUniqueOrThrow({
    where: { id: taskId },
    include: taskInclude,
  });
  return toTaskView(row);
}
