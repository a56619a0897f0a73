import type { TaskView } from "@/lib/model/task";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { taskInclude, toTaskView } from "./to-task-view";

const maxTasks = 200;

/** The project's tasks, newest first. */
export async function listTasks(
  ctx: Context,
  input: { projectId: string; limit?: number },
): Promise<TaskView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "task.read");
  const rows = await ctx.db.task.findMany({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: Math.max(1, Math.min(input.limit ?? 50, maxTasks)),
    include: taskInclude,
  });
  return rows.map(toTaskView);
}
