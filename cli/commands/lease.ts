import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm, type Vm } from "../find-vm";

const said = (vm: Vm) =>
  vm.lease === null
    ? `${vm.name} stays until somebody deletes it.`
    : `${vm.name} ends ${vm.lease.endsAt}.`;

const extend: Command = {
  path: ["lease", "extend"],
  summary: "let VMs live the project's whole length from now",
  args: [{ name: "NAME", rest: true, completes: "vm" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    for (const name of ctx.rest) {
      const { id: vmId } = await findVm(client, name);
      const after = await client.call("extendVmLease", { vmId });
      ctx.print.result(said(after), after);
    }
  },
};

const set: Command = {
  path: ["lease", "set"],
  summary: "give a VM another end, like 2030-12-31, or none (administrators)",
  args: [{ name: "NAME", completes: "vm" }, { name: "END" }],
  async run(ctx) {
    const endsAt = endOf(ctx.args.END ?? "");
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("setVmLease", { vmId, endsAt });
    ctx.print.result(said(after), after);
  },
};

/** A day is its first instant in UTC. */
function endOf(word: string): string | null {
  if (word === "none") return null;
  const end = new Date(word);
  const known = /^\d{4}-\d{2}-\d{2}(T\S+(Z|[+-]\d{2}:\d{2}))?$/.test(word);
  if (known && !Number.isNaN(end.getTime())) return end.toISOString();
  throw usageError(`END ${word}: like 2030-12-31, 2030-12-31T12:00:00Z, or none`);
}

export const leaseCommands: readonly Command[] = [extend, set];
