import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";
import { countOf, diskGib } from "../sizes";
import { waitTask } from "../wait-task";
import { disksOf, pickDisk } from "./disk";

const vmAndTarget = [{ name: "VM", completes: "vm" as const }, { name: "TARGET" }];
const noWait = { type: "boolean", summary: "print the task and go" } as const;

const grow: Command = {
  path: ["disk", "grow"],
  summary: "make a VM's disk larger, running or not; never smaller",
  args: vmAndTarget,
  options: {
    size: { type: "string", value: "SIZE", summary: "what it has afterwards, like 40GiB" },
    "no-wait": noWait,
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const { VM = "", TARGET: target = "" } = args;
    if (typeof options.size !== "string") throw usageError("Say by --size what it shall have.");
    const sizeGib = diskGib(options.size, "size");
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const task = await client.call("growDisk", { vmId, target, sizeGib });
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${VM}/${target} has ${sizeGib} GiB.`, ended);
  },
};

const attach: Command = {
  path: ["disk", "attach"],
  summary: "give a VM a disk that was kept, running or not",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }],
  options: { "no-wait": noWait, ...diffOption },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const { VM = "", DISK = "" } = args;
    const client = await clientOf(ctx);
    const { id: vmId, projectId } = await findVm(client, VM);
    const { id: diskId } = pickDisk(await disksOf(client, projectId), DISK);
    const task = await client.call("attachDisk", { vmId, diskId });
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${VM} has the disk ${DISK}.`, ended);
  },
};

const detach: Command = {
  path: ["disk", "detach"],
  summary: "take a disk away from a VM, running or not; it is kept",
  args: vmAndTarget,
  options: {
    remove: { type: "boolean", summary: "delete it with everything on it" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
    ...diffOption,
    "no-wait": noWait,
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const { VM = "", TARGET: target = "" } = args;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const { disks } = await client.call("getVm", { vmId });
    const boots = disks.filter((disk) => disk.device === "disk" && disk.bootOrder !== null);
    const last = boots.length === 1 && boots[0]?.target === target;
    const remove = options.remove === true;
    const name = `${VM}/${target}`;
    const doing = remove ? `Delete ${name} and all data on it?` : `Detach ${name}?`;
    const warning = last ? "It is the only disk that the VM starts from. " : "";
    const asks = options.yes !== true && options.diff !== true;
    if (asks && (remove || last)) await confirm(io, `${warning}${doing}`);
    const task = await client.call("detachDisk", { vmId, target, remove });
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${name} is ${remove ? "deleted" : "kept: portico disk ls"}.`, ended);
  },
};

const limit: Command = {
  path: ["disk", "limit"],
  summary: "hold a VM's disk to limits, 0 for none (administrators)",
  args: vmAndTarget,
  options: {
    iops: { type: "string", value: "N", summary: "operations per second" },
    "iops-burst": { type: "string", value: "N", summary: "for a moment" },
    mib: { type: "string", value: "N", summary: "MiB per second" },
    "mib-burst": { type: "string", value: "N", summary: "what is not named stays as it is" },
    ...diffOption,
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const { VM = "", TARGET: target = "" } = args;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const { disks } = await client.call("getVm", { vmId });
    const now = disks.find((disk) => disk.target === target)?.limits;
    const figure = (option: string, before: number | null = null) => {
      const text = options[option];
      return typeof text === "string" ? countOf(text, option) || null : before;
    };
    const after = await client.call("setDiskLimits", {
      vmId,
      target,
      iops: figure("iops", now?.iops),
      iopsBurst: figure("iops-burst", now?.iopsBurst),
      mibps: figure("mib", now?.mibps),
      mibpsBurst: figure("mib-burst", now?.mibpsBurst),
    });
    print.result(`${VM}/${target} has these limits now, and at every start.`, after);
  },
};

/** What is done to a disk in its VM. */
export const vmDiskCommands: readonly Command[] = [grow, attach, detach, limit];
