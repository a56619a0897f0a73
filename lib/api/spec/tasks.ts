import { z } from "zod";
import { taskKinds, taskStates } from "@/lib/model/task";
import { idSchema, listOf } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";
import { taskSchema } from "./task-schemas";

const taskParams = z.strictObject({ taskId: idSchema });
const example = { taskId: "t5h1v9j3ky" };

export const taskOperations = {
  listTasks: operation({
    method: "GET",
    path: "/tasks",
    tag: "Tasks",
    summary: "List tasks",
    permission: "task.read",
    query: z.strictObject({
      projectId: idSchema.optional(),
      state: listOf(taskStates).optional(),
      kind: listOf(taskKinds).optional(),
      targetId: idSchema.optional().describe("What it works on: a VM or an image."),
      ...pageQuery(["-createdAt", "createdAt"]),
    }),
    status: 200,
    response: pageOf(taskSchema),
    shared: true,
    example: { state: "queued,running" },
  }),
  getTask: operation({
    method: "GET",
    path: "/tasks/{taskId}",
    tag: "Tasks",
    summary: "Show a task",
    description: "Ask again until its state is done, failed or cancelled.",
    permission: "task.read",
    params: taskParams,
    status: 200,
    response: taskSchema,
    shared: true,
    example,
  }),
  cancelTask: operation({
    method: "POST",
    path: "/tasks/{taskId}/cancel",
    tag: "Tasks",
    summary: "Ask a task to stop",
    description: "What it has done so far is undone.",
    permission: "task.cancel",
    params: taskParams,
    status: 202,
    response: taskSchema,
    problems: ["vm.bad_state"],
    example,
  }),
} as const;
