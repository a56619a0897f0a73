import { randomUUID } from "node:crypto";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { findProject, type Project } from "../find-project";
import type { Column } from "../printer";

const columns: readonly Column<Project>[] = [
  { title: "SLUG", of: (project) => project.slug },
  { title: "NAME", of: (project) => project.name },
  { title: "YOU ARE", of: (project) => project.role ?? "no member" },
  { title: "ID", of: (project) => project.id },
];

const list: Command = {
  path: ["project", "ls"],
  summary: "list the projects that you may enter",
  async run(ctx) {
    const client = await clientOf(ctx);
    const projects = await everyPage((cursor) =>
      client.call("listProjects", { cursor, limit: 200 }),
    );
    ctx.print.table(projects, columns, "You are in no project yet. Ask an administrator.");
  },
};

const show: Command = {
  path: ["project", "show"],
  summary: "show the project and what you are in it",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    ctx.print.object(await client.call("getProject", { projectId }));
  },
};

const create: Command = {
  path: ["project", "create"],
  summary: "make an empty project (administrators)",
  args: [{ name: "NAME" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const project = await client.call(
      "createProject",
      { name: ctx.args.NAME ?? "" },
      { "idempotency-key": randomUUID() },
    );
    const next = `portico member add ADDRESS --role owner --project ${project.slug}`;
    ctx.print.result(`${project.slug} is made, without members yet: ${next}`, project);
  },
};

const rename: Command = {
  path: ["project", "rename"],
  summary: "give the project another name; its slug stays",
  args: [{ name: "NAME" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const project = await findProject(client);
    const name = ctx.args.NAME ?? "";
    await client.call("renameProject", { projectId: project.id, name });
    ctx.print.result(`${project.slug} is now named ${name}.`, { ...project, name });
  },
};

const remove: Command = {
  path: ["project", "rm"],
  summary: "delete an empty project (administrators)",
  args: [{ name: "SLUG" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const { io, args, options, print } = ctx;
    // Never the project of the profile by mistake: the one to go is named in the call.
    const client = await clientOf({ io, options: { ...options, project: args.SLUG } });
    const project = await findProject(client);
    if (options.yes !== true) await confirm(io, `Delete the project ${project.name}?`);
    await client.call("deleteProject", { projectId: project.id, confirmName: project.name });
    print.result(`${project.slug} is deleted.`, project);
  },
};

export const projectCommands: readonly Command[] = [list, show, create, rename, remove];
