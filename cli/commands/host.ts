import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { showKib } from "../sizes";

type Host = OperationResult<"listHosts">["items"][number];
type Network = OperationResult<"listNetworks">["items"][number];

const hostColumns: readonly Column<Host>[] = [
  { title: "NAME", of: (host) => host.name },
  { title: "CONNECTION", of: (host) => host.connection },
  { title: "VMS", of: (host) => host.vmCount, align: "right" },
  { title: "CPUS", of: (host) => host.cpuCount, align: "right" },
  { title: "MEMORY", of: (host) => showKib(host.memoryKib), align: "right" },
  { title: "FREE", of: (host) => showKib(host.memoryFreeKib), align: "right" },
  { title: "BY", of: (host) => host.virt.virtType },
  { title: "ID", of: (host) => host.id },
];

const hosts: Command = {
  path: ["host", "ls"],
  summary: "list the hosts (administrators and auditors)",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { items } = await client.call("listHosts", {});
    ctx.print.table(items, hostColumns, "No hosts.");
  },
};

const networkColumns: readonly Column<Network>[] = [
  { title: "NAME", of: (network) => network.name },
  { title: "STATE", of: (network) => (network.active ? "active" : "inactive") },
  { title: "MODE", of: (network) => network.mode },
  { title: "ADDRESS", of: (network) => network.address },
  { title: "DHCP", of: (network) => (network.dhcp ? "yes" : "no") },
  { title: "LEASES", of: (network) => network.leases.length, align: "right" },
];

const networks: Command = {
  path: ["network", "ls"],
  summary: "list the networks that the project's VMs can be put on",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const { items } = await client.call("listNetworks", { projectId });
    ctx.print.table(items, networkColumns, "No networks.");
  },
};

export const hostCommands: readonly Command[] = [networks, hosts];
