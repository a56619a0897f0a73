import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError, usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { downloadArchive } from "../download-archive";
import { everyPage } from "../every-page";
import { exitCodes } from "../exit-codes";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { showBytes } from "../sizes";
import { waitTask } from "../wait-task";

type Backup = OperationResult<"getBackup">;

const columns: readonly Column<Backup>[] = [
  { title: "ID", of: (backup) => backup.id },
  { title: "VM", of: (backup) => backup.vmName },
  { title: "MADE", of: (backup) => backup.createdAt },
  { title: "STATE", of: (backup) => backup.verdict ?? backup.state },
  {
    title: "QUIESCED",
    of: ({ quiesced }) => (quiesced === null ? "was off" : quiesced ? "yes" : "no"),
  },
  { title: "KIND", of: (backup) => backup.kind },
  { title: "COUNTS", of: (backup) => showBytes(backup.countedBytes), align: "right" },
  { title: "NOTE", of: (backup) => backup.note },
];

const backupArg = { name: "BACKUP" } as const;
const noWait = { type: "boolean", summary: "print the task and go" } as const;
const yes = { type: "boolean", short: "y", summary: "do not ask" } as const;

/** By its id, or by the VM's name: then that one's newest. */
async function pick(client: Client, named: string): Promise<Backup> {
  const { id: projectId } = await findProject(client);
  const all = await everyPage((cursor) =>
    client.call("listBackups", { projectId, cursor, limit: 200, sort: "-createdAt" }),
  );
  const exact = all.find((backup) => backup.id === named);
  const newest = all.find((backup) => backup.vmName === named && backup.state === "ready");
  const found = exact ?? newest;
  if (found) return found;
  throw new CliError(
    `There is no backup "${named}". portico vm backup ls lists them.`,
    exitCodes.notFound,
  );
}

const list: Command = {
  path: ["vm", "backup", "ls"],
  summary: "list backups, of one VM or of the whole project",
  args: [{ name: "VM", completes: "vm", optional: true }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const hint = "No backups yet: portico vm backup create VM";
    if (ctx.args.VM !== undefined) {
      const { id: vmId } = await findVm(client, ctx.args.VM);
      const { items } = await client.call("listVmBackups", { vmId });
      return ctx.print.table(items, columns, hint);
    }
    const { id: projectId } = await findProject(client);
    const all = await everyPage((cursor) =>
      client.call("listBackups", { projectId, cursor, limit: 200, sort: "-createdAt" }),
    );
    ctx.print.table(all, columns, hint);
  },
};

const show: Command = {
  path: ["vm", "backup", "show"],
  summary: "show a backup with its files and their SHA-256",
  args: [backupArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { projectId, id: backupId } = await pick(client, ctx.args.BACKUP ?? "");
    const backup = await client.call("getBackup", { projectId, backupId });
    if (ctx.print.json) return ctx.print.object(backup);
    const { disks, files, countedBytes, ...rest } = backup;
    ctx.print.object({
      ...rest,
      counts: showBytes(countedBytes),
      files: files.map((each) => `${each.kind} ${each.file} ${each.sha256 ?? ""}`),
      disks: disks.map((disk) => `${disk.target} ${disk.file} ${disk.sha256 ?? ""}`),
    });
  },
};

const create: Command = {
  path: ["vm", "backup", "create"],
  summary: "back up a VM's disks and definition, running or not",
  args: [{ name: "VM", completes: "vm" }],
  options: {
    note: { type: "string", value: "TEXT", summary: "what it is for" },
    "no-quiesce": { type: "boolean", summary: "do not ask the guest's agent to hold still" },
    incremental: { type: "boolean", summary: "only what has changed since the last such one" },
    "no-wait": noWait,
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.VM ?? "");
    const note = typeof options.note === "string" ? options.note : "";
    const task = await client.call(
      "createVmBackup",
      {
        vmId: vm.id,
        note,
        quiesce: options["no-quiesce"] !== true,
        incremental: options.incremental === true,
      },
      { "idempotency-key": randomUUID() },
    );
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vm.name} is backed up.`, ended);
  },
};

const verify: Command = {
  path: ["vm", "backup", "verify"],
  summary: "read a backup's files again and compare them with what was written",
  args: [backupArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { projectId, id: backupId } = await pick(client, ctx.args.BACKUP ?? "");
    const task = await client.call("verifyBackup", { projectId, backupId });
    const ended = await waitTask(client, task.id, ctx.print, ctx.io.signal);
    ctx.print.result(`${backupId} is intact.`, ended);
  },
};

const restore: Command = {
  path: ["vm", "backup", "restore"],
  summary: "make a new VM of a backup; the one that was backed up is not touched",
  args: [backupArg, { name: "NAME" }],
  options: {
    start: { type: "boolean", summary: "start it" },
    "no-wait": noWait,
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const { projectId, id: backupId } = await pick(client, args.BACKUP ?? "");
    const name = args.NAME ?? "";
    if (name.trim() === "") throw usageError("NAME is the new VM's name.");
    const start = options.start === true;
    const headers = { "idempotency-key": randomUUID() };
    const task = await client.call("restoreBackup", { projectId, backupId, name, start }, headers);
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${name} is restored.`, ended);
  },
};

const restoreInPlace: Command = {
  path: ["vm", "backup", "restore-in-place"],
  summary: "give a VM that is off its disks and definition of a backup; what came since is lost",
  args: [backupArg],
  options: { yes, "no-wait": noWait },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const backup = await pick(client, ctx.args.BACKUP ?? "");
    const { projectId, id: backupId, vmName, createdAt } = backup;
    const what = `Put ${vmName} back to ${createdAt}, and lose what was written since?`;
    if (options.yes !== true) await confirm(io, what);
    const headers = { "idempotency-key": randomUUID() };
    const task = await client.call("restoreBackupInPlace", { projectId, backupId }, headers);
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vmName} is as it was.`, ended);
  },
};

const remove: Command = {
  path: ["vm", "backup", "rm"],
  summary: "delete a backup with its files",
  args: [backupArg],
  options: { yes },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const backup = await pick(client, ctx.args.BACKUP ?? "");
    const { projectId, id: backupId, vmName, createdAt } = backup;
    const what = `backup ${backupId} of ${vmName} (${createdAt})`;
    if (options.yes !== true) await confirm(io, `Delete ${what}?`);
    const task = await client.call("deleteBackup", { projectId, backupId });
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${backupId} is deleted.`, ended);
  },
};

const exportBackup: Command = {
  path: ["vm", "backup", "export"],
  summary: "write a backup into an OVA file, disks and all",
  args: [backupArg],
  options: {
    out: { type: "string", value: "FILE", summary: "where to; else NAME.ova in this folder" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const out = typeof options.out === "string" ? options.out : undefined;
    const { id } = await pick(client, args.BACKUP ?? "");
    const path = `/api/exports/backups/${id}`;
    const came = await downloadArchive(client, path, out, print, io.signal);
    print.result(`The backup is in ${came.file}.`, came);
  },
};

export const vmBackupCommands: readonly Command[] = [
  ...[list, show, create, verify, exportBackup, restore, restoreInPlace, remove],
];
