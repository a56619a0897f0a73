import { cancelTask } from "@/lib/services/task/cancel-task";
import { getTask, ownTask } from "@/lib/services/task/get-task";
import { pageTasks } from "@/lib/services/task/page-tasks";
import type { taskOperations } from "../spec/tasks";
import type { HandlersOf } from "./handler";
import { openCursor, sealCursor } from "./paged";
import { toApiTask } from "./views";

export const taskHandlers: HandlersOf<keyof typeof taskOperations> = {
  listTasks: async (ctx, query, say) => {
    const cursor = openCursor(query.sort, query.cursor);
    const { items, next } = await pageTasks(ctx, { ...query, cursor });
    return {
      items: items.map((task) => toApiTask(task, say)),
      nextCursor: sealCursor(query.sort, next),
    };
  },
  getTask: async (ctx, input, say) => toApiTask(await getTask(ctx, input), say),
  cancelTask: async (ctx, input, say) => {
    await cancelTask(ctx, input);
    return toApiTask(await ownTask(ctx, input.taskId), say);
  },
};
