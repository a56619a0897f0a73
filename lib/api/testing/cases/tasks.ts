import type { taskOperations } from "../../spec/tasks";
import type { CasesOf } from "./case";

export const taskCases: CasesOf<typeof taskOperations> = {
  listTasks: {
    as: "viewer",
    input: ({ ids }) => ({ projectId: ids.projectId, state: "queued", kind: "image.store" }),
  },
  getTask: { as: "viewer", input: ({ ids }) => ({ taskId: ids.taskId }) },
  cancelTask: {
    as: "member",
    input: ({ ids }) => ({ taskId: ids.taskId }),
    refusals: [
      ["vm.bad_state", {}, ({ world }) => world.db.task.updateMany({ data: { state: "done" } })],
    ],
  },
};
