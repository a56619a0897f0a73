import type { OperationResult } from "@/lib/api/spec/operations";
import { optionsOf } from "@/lib/model/process/options-of";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { showKib } from "../sizes";

type Thread = OperationResult<"getVmProcess">["threads"][number];

const columns: readonly Column<Thread>[] = [
  { title: "TID", of: (each) => String(each.tid), align: "right" },
  { title: "THREAD", of: (each) => each.name },
  { title: "CPU TIME", of: (each) => `${each.cpuSeconds.toFixed(2)} s`, align: "right" },
  { title: "MAY RUN ON", of: (each) => each.allowedCpus },
];

export const vmProcess: Command = {
  path: ["vm", "ps"],
  summary: "show a running VM as a process of its host (administrators and auditors)",
  args: [{ name: "VM", completes: "vm" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const process = await client.call("getVmProcess", { vmId });
    if (ctx.print.json) return ctx.print.object(process);
    const { open } = process;
    ctx.print.object({
      pid: process.pid,
      user: process.user,
      started: process.startedAt,
      resident: `${showKib(process.residentKib)}, ${showKib(process.peakResidentKib)} at most`,
      swapped: showKib(process.swappedKib),
      cpu: `${process.cpuUserSeconds.toFixed(2)} s user, ${process.cpuSystemSeconds.toFixed(2)} s system`,
      open: open === null ? "not to be seen" : `${open.total}, ${open.sockets} of them sockets`,
      cgroup: process.cgroup ?? "none",
    });
    ctx.print.table(process.threads, columns, "No threads.");
    for (const { name, parts } of optionsOf(process.command)) {
      ctx.print.note(parts.length === 0 ? name : `${name} ${parts.join(",")}`);
    }
  },
};
