import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError, usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { exitCodes } from "../exit-codes";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { diffOption } from "../show-change";
import { diskGib, showBytes } from "../sizes";
import { waitTask } from "../wait-task";

type Disk = OperationResult<"listDisks">["items"][number];

const columns: readonly Column<Disk>[] = [
  { title: "NAME", of: (disk) => disk.name },
  { title: "VM", of: (disk) => disk.vm?.name ?? `kept from ${disk.keptFrom ?? "?"}` },
  { title: "STATE", of: (disk) => disk.state },
  { title: "FORMAT", of: (disk) => disk.format },
  { title: "CAPACITY", of: (disk) => showBytes(disk.capacityBytes), align: "right" },
  {
    title: "TAKES",
    of: (disk) => (disk.allocationBytes === null ? "?" : showBytes(disk.allocationBytes)),
    align: "right",
  },
  { title: "ID", of: (disk) => disk.id },
];

/** All disks of a project, kept ones included. */
export function disksOf(client: Client, projectId: string): Promise<Disk[]> {
  return everyPage((cursor) => client.call("listDisks", { projectId, cursor, limit: 200 }));
}

/** By id, volume or name; among those of one name a kept one is meant, when it is the only one. */
export function pickDisk(disks: readonly Disk[], named: string): Disk {
  const exact = disks.find((disk) => disk.id === named || disk.volume === named);
  if (exact) return exact;
  const same = disks.filter((disk) => disk.name === named);
  const kept = same.filter((disk) => disk.vm === null);
  const [found, twin] = kept.length > 0 ? kept : same;
  if (twin) throw usageError(`Several disks are named "${named}": name one by its id.`);
  if (found) return found;
  throw new CliError(
    `There is no disk "${named}". portico disk ls lists them.`,
    exitCodes.notFound,
  );
}

const list: Command = {
  path: ["disk", "ls"],
  summary: "list the project's disks, those that were kept included",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    ctx.print.table(await disksOf(client, projectId), columns, "No disks yet: portico vm create");
  },
};

const show: Command = {
  path: ["disk", "show"],
  summary: "show a disk: whose it is or was, and what it takes",
  args: [{ name: "NAME" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { id: diskId } = pickDisk(await disksOf(client, projectId), ctx.args.NAME ?? "");
    const disk = await client.call("getDisk", { projectId, diskId });
    if (ctx.print.json) return ctx.print.object(disk);
    const { vm, capacityBytes, allocationBytes, ...rest } = disk;
    ctx.print.object({
      ...rest,
      vm: vm?.name,
      capacity: showBytes(capacityBytes),
      takes: allocationBytes === null ? undefined : showBytes(allocationBytes),
    });
  },
};

const add: Command = {
  path: ["disk", "add"],
  summary: "add an empty disk to a VM, running or not",
  args: [{ name: "VM", completes: "vm" }],
  options: {
    size: { type: "string", value: "SIZE", summary: "like 20GiB; 10GiB when left out" },
    format: { type: "string", choices: ["qcow2", "raw"], summary: "qcow2 when left out" },
    "no-wait": { type: "boolean", summary: "print the task and go" },
    ...diffOption,
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.VM ?? "");
    const sizeGib = diskGib(typeof options.size === "string" ? options.size : "10GiB");
    const format = options.format === "raw" ? "raw" : "qcow2";
    const task = await client.call(
      "addDisk",
      { vmId: vm.id, sizeGib, format },
      { "idempotency-key": randomUUID() },
    );
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vm.name} has one more disk.`, ended);
  },
};

const remove: Command = {
  path: ["disk", "rm"],
  summary: "delete disks that were kept",
  args: [{ name: "NAME", rest: true }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const { io, print } = ctx;
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const all = await disksOf(client, projectId);
    const disks = ctx.rest.map((named) => pickDisk(all, named));
    const names = disks.map((disk) => disk.name).join(", ");
    if (ctx.options.yes !== true) await confirm(io, `Delete ${names} and all data on them?`);
    for (const disk of disks) {
      const task = await client.call("deleteDisk", { projectId, diskId: disk.id });
      await waitTask(client, task.id, print, io.signal);
      print.result(`${disk.name} is deleted.`, disk);
    }
  },
};

export const diskCommands: readonly Command[] = [list, show, add, remove];
