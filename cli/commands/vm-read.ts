import { clientOf } from "../client-of";
import type { Command } from "../command";
import { everyPage } from "../every-page";
import { findProject } from "../find-project";
import { findVm, type Vm } from "../find-vm";
import type { Column } from "../printer";
import { showKib } from "../sizes";

const columns: readonly Column<Vm>[] = [
  { title: "NAME", of: (vm) => vm.name },
  { title: "STATE", of: (vm) => (vm.template ? "template" : vm.state) },
  { title: "VCPU", of: (vm) => vm.live.vcpus || vm.next.vcpus, align: "right" },
  { title: "MEMORY", of: (vm) => showKib(vm.live.memoryKib || vm.next.memoryKib), align: "right" },
  {
    title: "LOAD",
    of: (vm) => (vm.cpuPercent === null ? null : `${Math.round(vm.cpuPercent)} %`),
    align: "right",
  },
  { title: "ADDRESS", of: (vm) => vm.addresses[0] },
  { title: "TAGS", of: (vm) => vm.tags.join(" ") },
  { title: "ID", of: (vm) => vm.id },
];

export const vmList: Command = {
  path: ["vm", "ls"],
  summary: "list the project's VMs",
  options: {
    state: { type: "string", value: "STATES", summary: "only these: running,off" },
    tag: { type: "string", value: "TAG", summary: "only those that have it" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const state = typeof ctx.options.state === "string" ? ctx.options.state : undefined;
    const tag = typeof ctx.options.tag === "string" ? ctx.options.tag : undefined;
    const vms = await everyPage((cursor) =>
      client.call("listVms", { projectId, state, tag, cursor, limit: 200 }),
    );
    ctx.print.table(vms, columns, "No VMs yet: portico vm create NAME --image IMAGE");
  },
};

export const vmShow: Command = {
  path: ["vm", "show"],
  summary: "show a VM with its drives, network cards and last tasks",
  args: [{ name: "NAME", completes: "vm" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const vm = await client.call("getVm", { vmId });
    if (ctx.print.json) return ctx.print.object(vm);
    const size = (sizes: Vm["live"]) => `${sizes.vcpus} vCPU, ${showKib(sizes.memoryKib)}`;
    ctx.print.object({
      name: vm.name,
      id: vm.id,
      description: vm.description,
      tags: vm.tags,
      state: vm.stateReason ? `${vm.state} (${vm.stateReason})` : vm.state,
      now: size(vm.live),
      "at next start": size(vm.next),
      "up to, live": `${vm.live.maxVcpus} vCPU, ${showKib(vm.live.maxMemoryKib)}`,
      firmware: vm.firmware,
      template: vm.template ? "yes" : "no",
      "lies on": vm.links.templates.map((each) => each.name),
      "linked clones": vm.links.clones.map((each) => each.name),
      addresses: vm.addresses,
      drives: vm.disks.map((disk) => `${disk.target} ${disk.imageName ?? disk.volume ?? "empty"}`),
      "network cards": vm.nics.map((nic) => `${nic.network} ${nic.mac}`),
      "can now": vm.verbs,
    });
  },
};
