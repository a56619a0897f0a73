import { randomUUID } from "node:crypto";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { waitTask } from "../wait-task";

const clone: Command = {
  path: ["vm", "clone"],
  summary: "make a second VM of one that is off, with copies of its disks",
  args: [{ name: "NAME", completes: "vm" }, { name: "NEW" }],
  options: {
    description: { type: "string", value: "TEXT", summary: "what to say of the new one" },
    linked: { type: "boolean", summary: "of a template: hold only what differs from its disks" },
    "no-wait": { type: "boolean", summary: "print the task and go" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const source = await findVm(client, args.NAME ?? "");
    const { description } = options;
    const task = await client.call(
      "cloneVm",
      {
        vmId: source.id,
        name: args.NEW ?? "",
        description: typeof description === "string" ? description : "",
        linked: options.linked === true,
      },
      // So that a call that is sent again makes no second one.
      { "idempotency-key": randomUUID() },
    );
    if (options["no-wait"] === true) {
      return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
    }
    await waitTask(client, task.id, print, io.signal);
    const vmId = task.targetId;
    if (vmId === null) throw usageError("The portal did not say which VM it made.");
    const vm = await client.call("getVm", { vmId });
    print.result(`${vm.name} is there, and off. Start it: portico vm start ${vm.name}`, vm);
  },
};

const template: Command = {
  path: ["vm", "template"],
  summary: "make a VM that is off a template for linked clones, or a VM again",
  args: [{ name: "NAME", completes: "vm" }],
  options: { off: { type: "boolean", summary: "make it a VM again" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("setVmTemplate", { vmId, template: ctx.options.off !== true });
    ctx.print.result(`${after.name} is ${after.template ? "a template" : "a VM"}.`, after);
  },
};

export const vmCloneCommands: readonly Command[] = [clone, template];
