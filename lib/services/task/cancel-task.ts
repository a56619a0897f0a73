import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import { isCancellable } from "@/lib/tasks/definitions/cancellable";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { taskInclude, toTaskView } from "./to-task-view";

/**
 * Asks a task to stop; the runner undoes what it has done. Throws `vm.bad_state` when it has
 * ended already or is of a kind that cannot be stopped half-way.
 */
export async function cancelTask(ctx: Context, input: { taskId: string }): Promise<void> {
  const { actor, db } = ctx;
  const task = await db.task.findFirst({
    where: { id: input.taskId, ...scope(actor) },
    include: taskInclude,
  });
  if (!task) throw notFound(`task ${input.taskId}`);
  assertCan(actor, "task.cancel", task.projectId ?? undefined);
  const view = toTaskView(task);
  const open = { id: task.id, error: null, state: { in: ["queued", "running", "unknown"] } };
  const asked = isCancellable(view.kind)
    ? await db.task.updateMany({ where: open, data: { cancelRequested: true } })
    : { count: 0 };
  if (asked.count === 0) {
    throw new AppError({
      code: "vm.bad_state",
      message: `task ${task.id} (${task.kind}, ${task.state}) cannot be cancelled`,
      userMessage: { key: isCancellable(view.kind) ? "task.ended" : "task.not_cancellable" },
    });
  }
  await writeAudit(ctx, {
    action: "task.cancel",
    projectId: task.projectId,
    targetType: "task",
    targetId: task.id,
    targetName: task.targetName,
    outcome: "ok",
  });
  publish({ type: "task", taskId: task.id, projectId: task.projectId });
  publish({ type: "task.cancel", taskId: task.id });
}
