import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
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

type Quota = OperationResult<"getQuota">;
type Resource = keyof Quota["limits"];
const shown: [Resource, string][] = [
  ["vms", "VMs"],
  ["vcpus", "vCPU"],
  ["memoryMib", "memory, MiB"],
  ["diskGib", "disk, GiB"],
  ["images", "images"],
  ["imageGib", "images, GiB"],
];

const quota: Command = {
  path: ["quota"],
  summary: "show what the project uses and may use",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const answer = await client.call("getQuota", { projectId });
    if (ctx.print.json) return ctx.print.object(answer);
    ctx.print.table(
      shown,
      [
        { title: "WHAT", of: ([, name]) => name },
        { title: "USED", of: ([resource]) => answer.used[resource], align: "right" },
        { title: "RESERVED", of: ([resource]) => answer.reserved[resource], align: "right" },
        { title: "LIMIT", of: ([resource]) => answer.limits[resource], align: "right" },
      ],
      "",
    );
  },
};

const networks: Command = {
  path: ["network", "ls"],
  summary: "list the networks that the project's VMs can be put on",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { items } = await client.call("listNetworks", { projectId });
    ctx.print.table(items, [{ title: "NAME", of: (network) => network.name }], "No networks.");
  },
};

export const projectCommands: readonly Command[] = [list, quota, networks];
