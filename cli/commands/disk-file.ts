import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { findVm } from "../find-vm";
import { showBytes } from "../sizes";
import { waitTask } from "../wait-task";

type DiskFile = OperationResult<"getVmDiskFile">;
type Task = OperationResult<"convertVmDisk">;
type CommandContext = Parameters<Command["run"]>[0];

const info: Command = {
  path: ["disk", "info"],
  summary: "show what a VM's disk lies in, as qemu-img info does",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }],
  async run(ctx) {
    const { VM = "", DISK: target = "" } = ctx.args;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const file = await client.call("getVmDiskFile", { vmId, target });
    if (ctx.print.json) return ctx.print.object(file);
    ctx.print.object(factsOf(file));
    for (const line of file.commands) ctx.print.note(line);
  },
};

/** A line a fact; what does not apply is left out. */
function factsOf(file: DiskFile): object {
  const { header, chain, physicalBytes, clusterBytes } = file;
  const cluster = header?.clusterBytes ?? clusterBytes;
  const facts = {
    volume: `${file.pool}/${file.volume}`,
    format: file.format,
    listed: file.listedFormat === file.format ? undefined : `as ${file.listedFormat}`,
    capacity: showBytes(file.capacityBytes),
    takes: showBytes(file.allocationBytes),
    length: physicalBytes === null ? undefined : showBytes(physicalBytes),
    cluster: cluster === null ? undefined : showBytes(cluster),
    compat: file.compat ?? undefined,
    features: file.features.join(", ") || undefined,
    encryption: file.encryption ?? header?.encryption ?? undefined,
    snapshots: header?.snapshots,
    dirty: header?.dirty,
    corrupt: header?.corrupt,
    below: chain.map((each) => `${each.name} (${each.format ?? "?"})`).join(", ") || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

const shared = {
  keep: { type: "boolean", summary: "keep the former file as a disk of its own" },
  yes: { type: "boolean", short: "y", summary: "do not ask" },
  "no-wait": { type: "boolean", summary: "print the task and go" },
} as const satisfies Command["options"];

const convert: Command = {
  path: ["disk", "convert"],
  summary: "convert a disk of a VM that is off, or make a converted copy",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }, { name: "FORMAT" }],
  options: {
    copy: { type: "boolean", summary: "leave the VM on its file; the copy is kept" },
    ...shared,
  },
  async run(ctx) {
    const { FORMAT: format } = ctx.args;
    if (format !== "raw" && format !== "qcow2") throw usageError("FORMAT is one of raw, qcow2");
    const copy = ctx.options.copy === true;
    await rewrite(ctx, `Write it anew as ${format}?`, (client, disk) =>
      client.call(
        "convertVmDisk",
        { ...disk, format, copy, keepOld: ctx.options.keep === true },
        { "idempotency-key": randomUUID() },
      ),
    );
  },
};

const compact: Command = {
  path: ["disk", "compact"],
  summary: "give back what a qcow2 disk of a VM that is off does not use",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }],
  options: shared,
  run: (ctx) =>
    rewrite(ctx, "Write it anew?", (client, disk) =>
      client.call(
        "compactVmDisk",
        { ...disk, keepOld: ctx.options.keep === true },
        { "idempotency-key": randomUUID() },
      ),
    ),
};

async function rewrite(
  ctx: CommandContext,
  question: string,
  ask: (client: Client, disk: { vmId: string; target: string }) => Promise<Task>,
): Promise<void> {
  const { args, options, print, io } = ctx;
  const { VM = "", DISK: target = "" } = args;
  const client = await clientOf(ctx);
  const { id: vmId } = await findVm(client, VM);
  const loses =
    options.keep === true || options.copy === true ? "" : " The former file is deleted.";
  if (options.yes !== true) await confirm(io, `${VM}/${target}: ${question}${loses}`);
  const task = await ask(client, { vmId, target });
  if (options["no-wait"] === true) {
    return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
  }
  const ended = await waitTask(client, task.id, print, io.signal);
  const { fileSizes } = ended;
  const sizes =
    fileSizes === null
      ? ""
      : ` It took ${showBytes(fileSizes.beforeBytes)}, now ${showBytes(fileSizes.afterBytes)}.`;
  print.result(`${VM}/${target} is written anew.${sizes}`, ended);
}

const check: Command = {
  path: ["disk", "check"],
  summary: "check a qcow2 disk of a VM that is off; repairs nothing",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }],
  async run(ctx) {
    const { VM = "", DISK: target = "" } = ctx.args;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const found = await client.call("checkVmDisk", { vmId, target });
    const { corruptions, leaks, leakedBytes } = found;
    const words =
      corruptions + leaks === 0
        ? "is sound."
        : `has ${corruptions} corruptions and ${leaks} leaked clusters (${showBytes(leakedBytes)}).`;
    ctx.print.result(`${VM}/${target} ${words}`, found);
  },
};

export const diskFileCommands: readonly Command[] = [info, check, convert, compact];
