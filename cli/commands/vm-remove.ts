import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { findVm } from "../find-vm";
import { waitTask } from "../wait-task";

export const vmRemove: Command = {
  path: ["vm", "rm"],
  summary: "delete VMs with their disks",
  args: [{ name: "NAME", rest: true, completes: "vm" }],
  options: {
    "keep-disks": { type: "boolean", summary: "keep the disks: portico disk ls lists them" },
    yes: { type: "boolean", short: "y", summary: "do not ask" },
  },
  async run(ctx) {
    const { io, options, print } = ctx;
    const client = await clientOf(ctx);
    const vms = [];
    for (const name of ctx.rest) vms.push(await findVm(client, name));
    const kept = options["keep-disks"] === true;
    const what = `${vms.map((vm) => vm.name).join(", ")}${kept ? "" : " and all data on the disks"}`;
    if (options.yes !== true) await confirm(io, `Delete ${what}?`);
    for (const vm of vms) {
      const task = await client.call("deleteVm", {
        vmId: vm.id,
        keepDisks: kept ? "true" : "false",
      });
      const ended = await waitTask(client, task.id, print, io.signal);
      print.result(`${vm.name} is deleted.`, ended);
    }
  },
};
