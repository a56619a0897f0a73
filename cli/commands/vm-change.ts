import { CliError, usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { exitCodes } from "../exit-codes";
import { findImage } from "../find-image";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";
import { countOf, memoryMib, showKib } from "../sizes";

export const vmResize: Command = {
  path: ["vm", "resize"],
  summary: "change vCPUs and memory: now where that is possible, else at the next start",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    vcpus: { type: "string", value: "COUNT", summary: "as many vCPUs" },
    memory: { type: "string", value: "SIZE", summary: "as much memory, like 2GiB" },
    modules: {
      type: "string",
      choices: ["on", "off"],
      summary: "places for memory modules, from the next start on",
    },
    "dry-run": { type: "boolean", summary: "only show what would happen" },
    ...diffOption,
  },
  async run(ctx) {
    const { options, print } = ctx;
    if (!["vcpus", "memory", "modules"].some((name) => options[name] !== undefined)) {
      throw usageError("Say --vcpus, --memory, --modules or more of them.");
    }
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    const asked = {
      vmId: vm.id,
      vcpus: typeof options.vcpus === "string" ? countOf(options.vcpus, "vcpus") : vm.asked.vcpus,
      memoryMib:
        typeof options.memory === "string"
          ? memoryMib(options.memory)
          : Math.round(vm.asked.memoryKib / 1024),
      ...(options.modules === undefined ? {} : { memoryModules: options.modules === "on" }),
    };
    const plan = await client.call("planVmResize", asked);
    const lines = [
      `vCPU ${plan.vcpus.from} → ${plan.vcpus.to}: ${plan.vcpus.when}`,
      `memory ${showKib(plan.memory.from)} → ${showKib(plan.memory.to)}: ${plan.memory.when}`,
    ];
    if (plan.moduleKib !== null) lines.push(`a module of ${showKib(plan.moduleKib)} is plugged in`);
    if (plan.modules.when !== "unchanged") lines.push(`modules: ${plan.modules.when}`);
    for (const line of lines) print.note(line);
    if (options["dry-run"] === true) return print.json ? print.object(plan) : undefined;
    if (!plan.possible) throw new CliError("This cannot be done.", exitCodes.conflict, { plan });
    const after = await client.call("resizeVm", {
      ...asked,
      seen: { live: vm.live, next: vm.next },
    });
    print.result(
      `${after.name}: ${after.live.vcpus} vCPU, ${showKib(after.live.memoryKib)} now`,
      after,
    );
  },
};

export const vmInsert: Command = {
  path: ["vm", "insert"],
  summary: "put an image into a VM's drive",
  args: [
    { name: "NAME", completes: "vm" },
    { name: "IMAGE", completes: "image" },
  ],
  options: diffOption,
  async run(ctx) {
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    const image = await findImage(client, vm.projectId, ctx.args.IMAGE ?? "");
    const after = await client.call("insertVmMedia", { vmId: vm.id, imageId: image.id });
    ctx.print.result(`${image.name} is in ${after.name}'s drive.`, after);
  },
};

export const vmEject: Command = {
  path: ["vm", "eject"],
  summary: "empty a VM's drive",
  args: [{ name: "NAME", completes: "vm" }],
  options: diffOption,
  async run(ctx) {
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("ejectVmMedia", { vmId: vm.id });
    ctx.print.result(`${after.name}'s drive is empty.`, after);
  },
};
