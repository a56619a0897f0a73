import type { OperationCall, OperationResult } from "@/lib/api/spec/operations";
import { auditOutcomes } from "@/lib/model/audit-actions";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { everyPage } from "../every-page";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { countOf } from "../sizes";

type Entry = OperationResult<"listAudit">["items"][number];
type Filter = OperationCall<"listAudit">;

const columns: readonly Column<Entry>[] = [
  { title: "WHEN", of: (entry) => entry.at },
  { title: "WHO", of: (entry) => entry.actor.name },
  { title: "ACTION", of: (entry) => entry.action },
  { title: "OUTCOME", of: (entry) => entry.outcome },
  { title: "ON", of: (entry) => entry.target?.name ?? entry.target?.id },
  { title: "PROJECT", of: (entry) => entry.project?.slug },
  { title: "ROW", of: (entry) => entry.seq, align: "right" },
];

const filters = {
  all: { type: "boolean", summary: "of the whole installation (administrators and auditors)" },
  action: { type: "string", value: "ACTION", summary: "vm.create, or all of a noun: vm." },
  outcome: { type: "string", choices: auditOutcomes, summary: "only these" },
  from: { type: "string", value: "TIME", summary: "from this instant on, like 2030-06-01" },
  until: { type: "string", value: "TIME", summary: "up to, and without, this instant" },
  search: { type: "string", value: "TEXT", summary: "part of a name, an action or an address" },
} as const;

const list: Command = {
  path: ["audit", "ls"],
  summary: "list what was done and refused in the project, newest first",
  options: {
    ...filters,
    limit: { type: "string", value: "COUNT", summary: "at most so many; 50 when left out" },
  },
  async run(ctx) {
    const { limit } = ctx.options;
    const client = await clientOf(ctx);
    const { items } = await client.call("listAudit", {
      ...(await filterOf(ctx)),
      limit: typeof limit === "string" ? countOf(limit, "limit") : 50,
    });
    ctx.print.table(items, columns, "Nothing fits.");
  },
};

const exportAll: Command = {
  path: ["audit", "export"],
  summary: "write all that fits to stdout, a JSON document a line",
  options: filters,
  async run(ctx) {
    const client = await clientOf(ctx);
    const filter = await filterOf(ctx);
    // A page at a time: the log may be longer than this machine's memory.
    await everyPage(async (cursor) => {
      const page = await client.call("listAudit", { ...filter, cursor, limit: 200 });
      for (const entry of page.items) ctx.io.stdout.write(`${JSON.stringify(entry)}\n`);
      return { items: [], nextCursor: page.nextCursor };
    });
  },
};

async function filterOf(ctx: CommandContext): Promise<Filter> {
  const { options } = ctx;
  const text = (name: keyof typeof filters) => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const projectId = options.all === true ? undefined : (await findProject(await clientOf(ctx))).id;
  return {
    projectId,
    action: text("action"),
    outcome: auditOutcomes.find((each) => each === options.outcome),
    search: text("search"),
    from: instantOf(text("from"), "from"),
    until: instantOf(text("until"), "until"),
  };
}

function instantOf(word: string | undefined, option: string): string | undefined {
  if (word === undefined) return undefined;
  const instant = new Date(word);
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw usageError(`--${option} ${word}: like 2030-06-01 or 2030-06-01T12:00:00Z`);
}

export const auditCommands: readonly Command[] = [list, exportAll];
