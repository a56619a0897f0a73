import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { exitCodes } from "../exit-codes";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import type { Column, Printer } from "../printer";
import { showBytes, showKib } from "../sizes";

type Unmanaged = OperationResult<"listUnmanagedVms">["items"][number];
type Plan = OperationResult<"planVmAdoption">;

const columns: readonly Column<Unmanaged>[] = [
  { title: "NAME", of: (each) => each.domainName },
  { title: "HOST", of: (each) => each.hostId },
  { title: "STATE", of: (each) => each.state },
  { title: "DEFINITION", of: (each) => (each.persistent ? "stays" : "transient") },
  { title: "VCPUS", of: (each) => each.vcpus, align: "right" },
  { title: "MEMORY", of: (each) => showKib(each.memoryKib), align: "right" },
  { title: "UUID", of: (each) => each.uuid },
];

const vmUnmanaged: Command = {
  path: ["vm", "unmanaged"],
  summary: "list machines that no project has (administrators and auditors)",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { items } = await client.call("listUnmanagedVms", {});
    ctx.print.table(items, columns, "Nothing runs beside what projects have.");
  },
};

const vmAdopt: Command = {
  path: ["vm", "adopt"],
  summary: "make a machine that was made elsewhere a VM of the project (administrators)",
  args: [{ name: "DOMAIN" }, { name: "NAME", optional: true }],
  options: {
    "make-persistent": { type: "boolean", summary: "give a transient one a definition that stays" },
    "dry-run": { type: "boolean", summary: "only show what it would do" },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const { id: projectId, name: project } = await findProject(client);
    const { hostId, uuid } = await findUnmanaged(client, args.DOMAIN ?? "");
    const makePersistent = options["make-persistent"] === true;
    const asked = { projectId, hostId, uuid, name: args.NAME, makePersistent };
    if (options["dry-run"] === true) {
      const plan = await client.call("planVmAdoption", asked);
      return print.json ? print.object(plan) : show(print, plan);
    }
    const vm = await client.call("adoptVm", asked);
    print.result(`${vm.name} belongs to ${project} now.`, vm);
  },
};

const vmRelease: Command = {
  path: ["vm", "release"],
  summary: "forget VMs; on their hosts they stay as they are (administrators)",
  args: [{ name: "NAME", rest: true, completes: "vm" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const vms = [];
    for (const name of ctx.rest) vms.push(await findVm(client, name));
    const names = vms.map((vm) => vm.name).join(", ");
    if (ctx.options.yes !== true) await confirm(ctx.io, `Let go of ${names}?`);
    for (const { id: vmId, name } of vms) {
      await client.call("releaseVm", { vmId });
      ctx.print.result(`${name} is no longer the portal's; on its host it stays.`, { vmId });
    }
  },
};

/** By its name on the host, or by its UUID where two hosts have one of that name. */
async function findUnmanaged(client: Client, named: string): Promise<Unmanaged> {
  const { items } = await client.call("listUnmanagedVms", {});
  const found = items.filter(({ uuid, domainName }) => [uuid, domainName].includes(named));
  const [one, other] = found;
  if (one !== undefined && other === undefined) return one;
  throw new CliError(
    one === undefined
      ? `No host has an unmanaged machine "${named}". portico vm unmanaged lists them.`
      : `Several hosts have a machine "${named}". Name it by its UUID.`,
    exitCodes.notFound,
  );
}

function show(print: Printer, { name, disks, unusual, problems }: Plan): void {
  const lines = [
    name,
    ...disks.map(
      ({ target, pool, volume, capacityBytes }) =>
        `disk ${target}: ${pool}/${volume}, ${capacityBytes === null ? "?" : showBytes(capacityBytes)}`,
    ),
    ...unusual.map(({ path }) => `beyond what Portico makes: ${path}`),
    ...problems.map(({ detail }) => `stands against it: ${detail}`),
  ];
  for (const line of lines) print.note(line);
}

export const vmAdoptCommands: readonly Command[] = [vmUnmanaged, vmAdopt, vmRelease];
