import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diskGib } from "../sizes";
import { waitTask } from "../wait-task";

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

/** What is done to a disk in its VM. */
export const vmDiskCommands: readonly Command[] = [grow];
