import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { type Task, waitTask } from "../wait-task";

const columns: readonly Column<Task>[] = [
  { title: "TASK", of: (task) => task.id },
  { title: "KIND", of: (task) => task.kind },
  { title: "OF", of: (task) => task.targetName },
  { title: "STATE", of: (task) => task.state },
  { title: "BY", of: (task) => task.actorName },
  { title: "BEGUN", of: (task) => task.createdAt },
];

const list: Command = {
  path: ["task", "ls"],
  summary: "list the project's last tasks",
  options: { state: { type: "string", value: "STATES", summary: "only these: queued,running" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const state = typeof ctx.options.state === "string" ? ctx.options.state : undefined;
    const { items } = await client.call("listTasks", { projectId, state });
    ctx.print.table(items, columns, "No tasks yet.");
  },
};

const show: Command = {
  path: ["task", "show"],
  summary: "show a task with its steps and why it failed",
  args: [{ name: "TASK" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const task = await client.call("getTask", { taskId: ctx.args.TASK ?? "" });
    if (ctx.print.json) return ctx.print.object(task);
    const { error, steps, result, ...rest } = task;
    ctx.print.object({
      ...rest,
      steps: steps.map((step) => `${step.name} ${step.state}`),
      made: result === null ? null : `${result.type} ${result.id}`,
      error: error?.detail,
    });
  },
};

const wait: Command = {
  path: ["task", "wait"],
  summary: "wait until tasks have ended; exit code 7 when one has failed",
  args: [{ name: "TASK", rest: true }],
  async run(ctx) {
    const client = await clientOf(ctx);
    for (const taskId of ctx.rest) {
      const task = await waitTask(client, taskId, ctx.print, ctx.io.signal);
      ctx.print.result(`${task.kind} ${task.targetName}: ${task.state}`, task);
    }
  },
};

const cancel: Command = {
  path: ["task", "cancel"],
  summary: "ask a task to stop; what it has done is undone",
  args: [{ name: "TASK" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const task = await client.call("cancelTask", { taskId: ctx.args.TASK ?? "" });
    ctx.print.result(`${task.kind} ${task.targetName} is asked to stop.`, task);
  },
};

export const taskCommands: readonly Command[] = [list, show, wait, cancel];
