import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { treeOf } from "@/lib/model/snapshot-tree";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { confirm } from "../confirm";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { showBytes, showKib } from "../sizes";
import { waitTask } from "../wait-task";

type Snapshot = OperationResult<"getSnapshot">;

const vmArg = { name: "VM", completes: "vm" } as const;
const oneOf = [vmArg, { name: "SNAPSHOT" }] as const;
const columns: readonly Column<Snapshot & { depth: number }>[] = [
  { title: "NAME", of: (each) => `${"  ".repeat(each.depth)}${each.name}` },
  { title: "NOW", of: (each) => (each.current ? "*" : "") },
  { title: "TAKEN", of: (each) => each.createdAt },
  { title: "CONTENT", of: (each) => (each.content === "memory" ? "memory, disks" : "disks") },
  { title: "KEPT", of: (each) => each.storage },
  {
    title: "TAKES",
    of: (each) => (each.sizeBytes === null ? "?" : showBytes(each.sizeBytes)),
    align: "right",
  },
  { title: "DESCRIPTION", of: (each) => each.description?.split("\n")[0] },
];

const text = (value: string | boolean | undefined) => (typeof value === "string" ? value : null);

/** The VM's id, and the name of one of its snapshots. */
async function named(ctx: CommandContext, client: Client) {
  const vm = await findVm(client, ctx.args.VM ?? "");
  return { vm, vmId: vm.id, snapshot: (ctx.args.SNAPSHOT ?? "").normalize("NFC") };
}

const list: Command = {
  path: ["snapshot", "ls"],
  summary: "list a VM's snapshots as a tree",
  args: [vmArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const { items } = await client.call("listSnapshots", { vmId });
    const hint = `No snapshots yet: portico snapshot create ${name} NAME`;
    ctx.print.table(treeOf(items), columns, hint);
  },
};

const show: Command = {
  path: ["snapshot", "show"],
  summary: "show a snapshot with the sizes that a revert brings back",
  args: oneOf,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { vmId, snapshot } = await named(ctx, client);
    const found = await client.call("getSnapshot", { vmId, snapshot });
    if (ctx.print.json) return ctx.print.object(found);
    const { sizes, disks, sizeBytes, hotAddedVcpus: _few, ...rest } = found;
    ctx.print.object({
      ...rest,
      takes: sizeBytes === null ? undefined : showBytes(sizeBytes),
      sizes: `${sizes.vcpus} vCPU, ${showKib(sizes.memoryKib)}`,
      disks: disks.map((disk) => `${disk.target} ${disk.volume ?? "?"}`),
    });
  },
};

const create: Command = {
  path: ["snapshot", "create"],
  summary: "take a snapshot; with the guest's memory where that is possible",
  args: oneOf,
  options: {
    description: { type: "string", value: "TEXT", short: "d", summary: "what it is for" },
    memory: { type: "boolean", summary: "with the guest's memory, or not at all" },
    "disk-only": { type: "boolean", summary: "of the disks alone" },
    quiesce: { type: "boolean", summary: "let the guest's agent bring file systems to rest first" },
    "no-wait": { type: "boolean", summary: "print the task and go" },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { vm, vmId, snapshot: name } = await named(ctx, client);
    const wanted = options["disk-only"] === true ? false : options.memory === true || undefined;
    const task = await client.call(
      "createSnapshot",
      {
        vmId,
        name,
        description: text(options.description) ?? "",
        memory: wanted,
        quiesce: options.quiesce === true,
      },
      { "idempotency-key": randomUUID() },
    );
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vm.name} has the snapshot ${name}.`, ended);
  },
};

const edit: Command = {
  path: ["snapshot", "edit"],
  summary: "describe a snapshot anew",
  args: [...oneOf, { name: "DESCRIPTION" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { vmId, snapshot } = await named(ctx, client);
    const description = ctx.args.DESCRIPTION ?? "";
    const after = await client.call("updateSnapshot", { vmId, snapshot, description });
    ctx.print.result(`${after.name}: ${after.description ?? ""}`, after);
  },
};

const revert: Command = {
  path: ["snapshot", "revert"],
  summary: "bring a VM back to a snapshot; what was done since is lost",
  args: oneOf,
  options: {
    first: { type: "string", value: "NAME", summary: "take a snapshot of now before" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { vm, vmId, snapshot } = await named(ctx, client);
    const first = text(options.first);
    const lost = first === null ? "What was done since is lost" : `Now stays as ${first}`;
    if (options.yes !== true) await confirm(io, `Revert ${vm.name} to ${snapshot}? ${lost}.`);
    const headers = { "idempotency-key": randomUUID() };
    const task = await client.call("revertSnapshot", { vmId, snapshot, first }, headers);
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vm.name} is as it was at ${snapshot}.`, ended);
  },
};

const remove: Command = {
  path: ["snapshot", "rm"],
  summary: "delete a snapshot; the VM stays as it is",
  args: oneOf,
  options: {
    children: { type: "boolean", summary: "with all that grew out of it" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { vm, vmId, snapshot } = await named(ctx, client);
    const all = options.children === true;
    const what = all ? `${snapshot} and all that grew out of it` : snapshot;
    if (options.yes !== true) await confirm(io, `Delete ${what} of ${vm.name}?`);
    const children = all ? "true" : "false";
    const task = await client.call("deleteSnapshot", { vmId, snapshot, children });
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${what} is deleted.`, ended);
  },
};

export const snapshotCommands: readonly Command[] = [list, show, create, edit, revert, remove];
