import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { countOf } from "../sizes";

type Share = OperationResult<"listConsoleShares">["items"][number];

const columns: readonly Column<Share>[] = [
  { title: "FOR", of: (each) => each.name },
  { title: "BY", of: (each) => each.createdByName },
  { title: "ENDS", of: (each) => each.expiresAt },
  { title: "VISITS", of: (each) => `${each.visitCount} of ${each.maxVisits ?? "any"}` },
  { title: "WATCHING", of: (each) => each.watching.join(", ") },
  { title: "ID", of: (each) => each.id },
];

const share: Command = {
  path: ["vm", "share"],
  summary: "make a link by which somebody without an account watches a VM's screen",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    for: { type: "string", value: "WHOM", summary: "a name for the link (default: support)" },
    minutes: { type: "string", value: "N", summary: "how long it holds (default: 60)" },
    visits: { type: "string", value: "N", summary: "browsers it opens in (default: 1; 0: any)" },
  },
  async run(ctx) {
    const { options } = ctx;
    const number = (name: "minutes" | "visits", otherwise: number) => {
      const given = options[name];
      return typeof given === "string" ? countOf(given, name) : otherwise;
    };
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const name = typeof options.for === "string" ? options.for : "support";
    const minutes = number("minutes", 60);
    const maxVisits = number("visits", 1) || null;
    const made = await client.call(
      "createConsoleShare",
      { vmId, name, minutes, maxVisits },
      { idempotencyKey: randomUUID() },
    );
    const url = `${client.profile.url}${made.path}`;
    ctx.print.result(url, { ...made, url });
  },
};

const list: Command = {
  path: ["vm", "shares"],
  summary: "list the links to a VM's screen that hold, and who watches by them",
  args: [{ name: "NAME", completes: "vm" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const { items } = await client.call("listConsoleShares", { vmId });
    ctx.print.table(items, columns, `None holds: portico vm share ${name}`);
  },
};

const end: Command = {
  path: ["vm", "unshare"],
  summary: "end a link to a VM's screen; who watches by it is cut at once",
  args: [{ name: "NAME", completes: "vm" }, { name: "ID" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const shareId = ctx.args.ID ?? "";
    await client.call("revokeConsoleShare", { vmId, shareId });
    ctx.print.result(`Ended ${shareId}.`, { id: shareId });
  },
};

export const vmShareCommands: readonly Command[] = [share, list, end];
