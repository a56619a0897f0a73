import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import type { OperationResult } from "@/lib/api/spec/operations";
import { maxDefinitionChars } from "@/lib/model/definition";
import { CliError, usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { findVm } from "../find-vm";

type Change = OperationResult<"planVmDefinition">["changes"][number];

const nameArgument = { name: "NAME", completes: "vm" } as const;

const dumpxml: Command = {
  path: ["vm", "dumpxml"],
  summary: "print a VM's definition: of what runs, or of the next boot",
  args: [nameArgument],
  options: {
    "next-boot": { type: "boolean", summary: "what the next boot uses, also while it runs" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const { now, nextBoot } = await client.call("getVmDefinition", { vmId });
    const shown = ctx.options["next-boot"] === true ? nextBoot : (now ?? nextBoot);
    if (shown === null) throw new CliError(`${name} has no definition.`, exitCodes.notFound);
    if (ctx.print.json) return ctx.print.object(shown);
    ctx.io.stdout.write(shown.xml);
  },
};

const define: Command = {
  path: ["vm", "define"],
  summary: "give a VM the definition of a file (- for standard input), after its plan",
  args: [nameArgument, { name: "FILE", completes: "file" }],
  options: {
    "dry-run": { type: "boolean", summary: "only show what would happen" },
    digest: { type: "string", value: "DIGEST", summary: "refuse when it is no longer this one" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { options, print } = ctx;
    const client = await clientOf(ctx);
    const xml = await readDefinition(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const digest = typeof options.digest === "string" ? options.digest : undefined;
    const plan = await client.call("planVmDefinition", { vmId, xml, digest });
    for (const change of plan.changes) print.note(lineOf(change));
    for (const { path } of plan.unusual) print.note(`unusual: ${path}`);
    for (const { key, values } of plan.refusals) {
      print.note(`refused: ${[key, ...Object.values(values)].join(" ")}`);
    }
    if (!plan.changed) print.note("Nothing would change.");
    if (options["dry-run"] === true) return print.json ? print.object(plan) : undefined;
    if (!plan.possible) throw new CliError("This cannot be done.", exitCodes.conflict, { plan });
    if (options.yes !== true) await confirm(ctx.io, `Give ${name} this definition?`);
    const after = await client.call("defineVm", { vmId, xml, digest: plan.digest });
    print.result(
      after.pending.length > 0
        ? `${name} is defined; ${after.pending.length} changes wait for its next boot.`
        : `${name} is defined.`,
      after,
    );
  },
};

const pending: Command = {
  path: ["vm", "pending"],
  summary: "show what waits for a VM's next boot, or take it back",
  args: [nameArgument],
  options: { revert: { type: "boolean", summary: "take it back" } },
  async run(ctx) {
    const { print } = ctx;
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    if (ctx.options.revert === true) {
      const after = await client.call("revertVmPending", { vmId });
      return print.result(`Nothing waits for the next boot of ${name} any more.`, after);
    }
    const view = await client.call("getVmDefinition", { vmId });
    if (print.json) return print.object(view);
    for (const change of view.pending) print.note(lineOf(change));
    if (view.pending.length === 0) print.note(`Nothing waits for the next boot of ${name}.`);
  },
};

async function readDefinition({ args, io }: CommandContext): Promise<string> {
  const file = args.FILE ?? "";
  try {
    const text = file === "-" ? await textOf(io.stdin) : await readFile(file, "utf8");
    if (text.length <= maxDefinitionChars && text.trim() !== "") return text;
  } catch (error) {
    throw usageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
  throw usageError(`${file} is no definition: 1 to ${maxDefinitionChars} characters.`);
}

function lineOf({ part, kind, subject, when, facts }: Change): string {
  const shown = facts.map(({ path, from, to }) => `${path || "is"} ${from ?? "–"} → ${to ?? "–"}`);
  const head = [part, subject, kind, when === "now" ? "now" : "at the next boot"];
  return `${head.filter((word) => word !== "").join(" ")}: ${shown.join(", ")}`;
}

export const definitionCommands: readonly Command[] = [dumpxml, define, pending];
