import type { OperationCall, OperationResult } from "@/lib/api/spec/operations";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command, Input, Option } from "../command";
import { findProject } from "../find-project";
import { countOf, diskGib, memoryMib } from "../sizes";

type Own = OperationResult<"getProjectLimits">["own"];
type Resource = keyof Own;

interface Limit {
  resource: Resource;
  title: string;
  option: string;
  value: string;
  /** What a word of the call stands for; throws a usage error. */
  read(word: string, option: string): number;
}

const shown: readonly Limit[] = [
  { resource: "vms", title: "VMs", option: "vms", value: "COUNT", read: countOf },
  { resource: "vcpus", title: "vCPU", option: "vcpus", value: "COUNT", read: countOf },
  { resource: "memoryMib", title: "memory, MiB", option: "memory", value: "SIZE", read: memoryMib },
  { resource: "diskGib", title: "disk, GiB", option: "disk", value: "SIZE", read: diskGib },
  { resource: "snapshots", title: "snapshots", option: "snapshots", value: "COUNT", read: countOf },
  { resource: "images", title: "images", option: "images", value: "COUNT", read: countOf },
  {
    resource: "imageGib",
    title: "images, GiB",
    option: "image-size",
    value: "SIZE",
    read: diskGib,
  },
];

function showQuota(path: Command["path"]): Command {
  return {
    path,
    summary: "show what the project uses and may use",
    async run(ctx) {
      const client = await clientOf(ctx);
      const { id: projectId } = await findProject(client);
      const answer = await client.call("getQuota", { projectId });
      if (ctx.print.json) return ctx.print.object(answer);
      ctx.print.table(
        shown,
        [
          { title: "WHAT", of: ({ title }) => title },
          { title: "USED", of: ({ resource }) => answer.used[resource], align: "right" },
          { title: "RESERVED", of: ({ resource }) => answer.reserved[resource], align: "right" },
          { title: "LIMIT", of: ({ resource }) => answer.limits[resource], align: "right" },
        ],
        "",
      );
    },
  };
}

function printLimits(
  print: Parameters<Command["run"]>[0]["print"],
  answer: OperationResult<"getProjectLimits">,
) {
  if (print.json) return print.object(answer);
  print.table(
    shown,
    [
      { title: "WHAT", of: ({ title }) => title },
      { title: "OWN", of: ({ resource }) => answer.own[resource], align: "right" },
      { title: "HOLDS", of: ({ resource }) => answer.quota.limits[resource], align: "right" },
    ],
    "",
  );
  print.note(`A new VM lives ${answer.leaseDays === null ? "on" : `${answer.leaseDays} days`}.`);
}

const limits: Command = {
  path: ["quota", "limits"],
  summary: "show which limits are the project's own, and how long its VMs live",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    printLimits(ctx.print, await client.call("getProjectLimits", { projectId }));
  },
};

const limitOptions: Record<string, Option> = Object.fromEntries(
  shown.map(({ title, option, value }) => [
    option,
    { type: "string", value, summary: `at most so much: ${title}; or default` },
  ]),
);

const set: Command = {
  path: ["quota", "set"],
  summary: "set limits of the project (administrators); what is not named stays",
  options: {
    ...limitOptions,
    "lease-days": { type: "string", value: "COUNT", summary: "how long new VMs live; or none" },
  },
  async run(ctx) {
    const changed = changesOf(ctx.options);
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { own, leaseDays } = await client.call("getProjectLimits", { projectId });
    const after = await client.call("setProjectLimits", {
      projectId,
      limits: { ...own, ...changed.limits },
      leaseDays: changed.leaseDays === undefined ? leaseDays : changed.leaseDays,
    });
    printLimits(ctx.print, after);
  },
};

type Changes = Partial<Pick<OperationCall<"setProjectLimits">, "leaseDays">> & {
  limits: Partial<Own>;
};

function changesOf(options: Input["options"]): Changes {
  const changes: Changes = { limits: {} };
  for (const { resource, option, read } of shown) {
    const word = options[option];
    if (typeof word !== "string") continue;
    changes.limits[resource] = word === "default" ? null : read(word, option);
  }
  const days = options["lease-days"];
  if (typeof days === "string")
    changes.leaseDays = days === "none" ? null : countOf(days, "lease-days");
  if (Object.keys(changes.limits).length === 0 && changes.leaseDays === undefined) {
    throw usageError("Say at least one limit, like --vms 10 or --memory 64GiB.");
  }
  return changes;
}

export const quotaCommands: readonly Command[] = [
  showQuota(["quota"]),
  showQuota(["quota", "show"]),
  limits,
  set,
];
