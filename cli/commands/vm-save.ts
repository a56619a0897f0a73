import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { findVm } from "../find-vm";
import { waitTask } from "../wait-task";

const save: Command = {
  path: ["vm", "save"],
  summary: "save a VM's memory on its host and stop it; vm start goes on where it was",
  args: [{ name: "NAME", completes: "vm" }],
  options: { "no-wait": { type: "boolean", summary: "print the task and go" } },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, args.NAME ?? "");
    const task = await client.call("saveVm", { vmId: vm.id });
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    const ended = await waitTask(client, task.id, print, io.signal);
    print.result(`${vm.name} is saved.`, ended);
  },
};

const discard: Command = {
  path: ["vm", "discard-saved"],
  summary: "throw away a VM's saved memory, so that its next start boots",
  args: [{ name: "NAME", completes: "vm" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    if (ctx.options.yes !== true) {
      await confirm(ctx.io, `Throw away what ${vm.name} had in memory?`);
    }
    const after = await client.call("discardVmSavedState", { vmId: vm.id });
    ctx.print.result(`${after.name}: ${after.state}`, after);
  },
};

export const vmSaveCommands: readonly Command[] = [save, discard];
