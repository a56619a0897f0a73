import type { OperationResult } from "@/lib/api/spec/operations";
import { layoutIds } from "@/lib/model/keyboard/layouts";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column } from "../printer";

type Watch = OperationResult<"addWatch">["watch"];
type Option = string | boolean | undefined;

const vmArg = { name: "VM", completes: "vm" } as const;

function conditionOf({ kind, texts, stillSeconds }: Watch): string {
  if (kind === "off") return "off";
  const still = stillSeconds === null ? [] : [`still ${stillSeconds} s`];
  return [...(texts.length === 0 ? [] : [texts.join("|")]), ...still].join(", ");
}

const columns: readonly Column<Watch>[] = [
  { title: "ID", of: (each) => each.id },
  { title: "NAME", of: (each) => each.name },
  { title: "WHEN", of: conditionOf },
  { title: "STATE", of: (each) => each.ended ?? "watching" },
  { title: "FIRED", of: (each) => each.firedAt ?? "" },
  { title: "LINE", of: (each) => each.firedText ?? "" },
  {
    title: "WEBHOOK",
    of: ({ hook }) => (hook === null ? "" : `${hook.state} ${hook.answer ?? ""}`),
  },
];

function wholeOf(name: string, word: Option): number | undefined {
  if (typeof word !== "string") return undefined;
  if (/^\d{1,4}$/.test(word)) return Number(word);
  throw usageError(`--${name} ${word}: a whole number`);
}

function layoutOf(word: Option) {
  if (typeof word !== "string") return undefined;
  const known = layoutIds.find((each) => each === word);
  if (known === undefined) throw usageError(`--layout ${word}: ${layoutIds.join(", ")}`);
  return known;
}

const textOf = (word: Option) => (typeof word === "string" ? word : undefined);

const add: Command = {
  path: ["vm", "watch", "add"],
  summary: "be told when a VM's screen says something, stands still, or its guest stops",
  args: [vmArg],
  options: {
    name: { type: "string", value: "TEXT", summary: "what it is called when it fires" },
    text: {
      type: "string",
      value: "TEXT",
      summary: "in a line of the screen: one|another, * between",
    },
    still: { type: "string", value: "SECONDS", summary: "the screen has not changed for so long" },
    off: { type: "boolean", summary: "the guest stops, or was started anew" },
    again: { type: "boolean", summary: "each time, not once" },
    keys: { type: "string", value: "TEXT", summary: "typed into the guest then" },
    enter: { type: "boolean", summary: "press Enter after the keys" },
    layout: { type: "string", value: "ID", summary: "the guest's keyboard layout; us" },
    webhook: { type: "string", value: "URL", summary: "gets a POST then" },
    hours: { type: "string", value: "N", summary: "how long to watch; 24 at most" },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const { id: vmId, name: vm } = await findVm(client, args.VM ?? "");
    const texts = textOf(options.text)?.split("|") ?? [];
    const stillSeconds = wholeOf("still", options.still) ?? null;
    const kind = options.off === true ? "off" : "screen";
    const name = textOf(options.name) ?? texts[0] ?? (kind === "off" ? "off" : "still");
    const { watch, hookSecret } = await client.call("addWatch", {
      vmId,
      name,
      kind,
      texts,
      stillSeconds,
      again: options.again === true,
      keys: `${textOf(options.keys) ?? ""}${options.enter === true ? "\n" : ""}`,
      layout: layoutOf(options.layout),
      hookUrl: textOf(options.webhook) ?? null,
      hours: wholeOf("hours", options.hours),
    });
    const secret = hookSecret === null ? "" : ` Its calls are signed with ${hookSecret}`;
    print.result(`${vm} is watched until ${watch.expiresAt} (${watch.id}).${secret}`, {
      watch,
      hookSecret,
    });
  },
};

const list: Command = {
  path: ["vm", "watch", "ls"],
  summary: "list the watches of a VM's screen, and what they have told",
  args: [vmArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const { items } = await client.call("listWatches", { vmId });
    const hint = `Nothing is watched: portico vm watch add ${name} --text login:`;
    ctx.print.table(items, columns, hint);
  },
};

const remove: Command = {
  path: ["vm", "watch", "rm"],
  summary: "remove a watch of a VM's screen",
  args: [vmArg, { name: "WATCH" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const watchId = ctx.args.WATCH ?? "";
    await client.call("removeWatch", { vmId, watchId });
    ctx.print.result(`Watch ${watchId} is removed.`, { watchId });
  },
};

export const vmWatchCommands: readonly Command[] = [add, list, remove];
