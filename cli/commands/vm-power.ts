import { setTimeout as rest } from "node:timers/promises";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findImage } from "../find-image";
import { findVm, type Vm } from "../find-vm";
import { waitTask } from "../wait-task";

type PowerOperation =
  | "startVm"
  | "shutdownVm"
  | "rebootVm"
  | "resetVm"
  | "forceOffVm"
  | "suspendVm"
  | "resumeVm";

const names = [{ name: "NAME", rest: true, completes: "vm" }] as const;

function power(verb: string, operation: PowerOperation, summary: string): Command {
  return {
    path: ["vm", verb],
    summary,
    args: names,
    async run(ctx) {
      const client = await clientOf(ctx);
      await eachVm(client, ctx.rest, async (vm) => {
        const after = await client.call(operation, { vmId: vm.id });
        ctx.print.result(`${after.name}: ${after.state}`, after);
      });
    },
  };
}

/** One after the other; the first that fails ends it, so that the exit code speaks of it. */
async function eachVm(client: Client, named: string[], work: (vm: Vm) => Promise<void>) {
  for (const name of named) await work(await findVm(client, name));
}

const stop: Command = {
  path: ["vm", "stop"],
  summary: "ask guests to shut down, and wait until they are off",
  args: names,
  options: {
    force: { type: "boolean", summary: "cut them off at once: what is not on disk is lost" },
    "no-wait": { type: "boolean", summary: "only ask" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const operation = ctx.options.force === true ? "forceOffVm" : "shutdownVm";
    await eachVm(client, ctx.rest, async ({ id: vmId }) => {
      let vm = await client.call(operation, { vmId });
      while (ctx.options["no-wait"] !== true && !isOff(vm)) {
        ctx.print.progress(`${vm.name}: ${vm.state}`);
        await rest(1_000, undefined, { signal: ctx.io.signal });
        vm = await client.call("getVm", { vmId });
      }
      ctx.print.result(`${vm.name}: ${vm.state}`, vm);
    });
  },
};

const start: Command = {
  path: ["vm", "start"],
  summary: "start VMs, once from a CD where that is asked",
  args: names,
  options: {
    "once-from": {
      type: "string",
      value: "IMAGE",
      summary: "from this image in the CD drive; its boot order is in force again afterwards",
    },
    "no-wait": { type: "boolean", summary: "with --once-from: print the task and go" },
  },
  async run(ctx) {
    const { print, options, io } = ctx;
    const image = options["once-from"];
    const client = await clientOf(ctx);
    await eachVm(client, ctx.rest, async ({ id: vmId, projectId, name }) => {
      if (typeof image !== "string") {
        const after = await client.call("startVm", { vmId });
        return print.result(`${after.name}: ${after.state}`, after);
      }
      const { id: imageId } = await findImage(client, projectId, image);
      const task = await client.call("bootVmOnce", { vmId, imageId });
      if (options["no-wait"] === true) {
        return print.result(`Task ${task.id}: portico task wait ${task.id}`, task);
      }
      const ended = await waitTask(client, task.id, print, io.signal);
      print.result(`${name} has started from ${image}; its boot order is as before.`, ended);
    });
  },
};

const isOff = (vm: Pick<Vm, "bootId">) => vm.bootId === null;

export const powerCommands: readonly Command[] = [
  start,
  stop,
  power("reboot", "rebootVm", "ask guests to reboot"),
  power("reset", "resetVm", "reset VMs at once, as by the button"),
  power("suspend", "suspendVm", "pause VMs: memory is kept, no CPU time is used"),
  power("resume", "resumeVm", "let paused VMs go on"),
];
