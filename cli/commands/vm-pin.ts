import type { OperationResult } from "@/lib/api/spec/operations";
import { formatCpuSet, parseCpuSet } from "@/lib/model/cpu-set";
import { cpusOf, type PinsAsked, sharedWith } from "@/lib/model/pinning";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column, Printer } from "../printer";
import { diffOption } from "../show-change";

type Pinning = OperationResult<"getVmPinning">;
type Line = { thread: string; now: number[] | null | undefined; next: number[] | null };

const ANY = "any";
const set = (cpus: number[] | null) => (cpus === null ? ANY : formatCpuSet(cpus));
const columns: readonly Column<Line>[] = [
  { title: "THREAD", of: (each) => each.thread },
  { title: "NOW", of: (each) => (each.now === undefined ? "" : set(each.now)) },
  { title: "NEXT START", of: (each) => set(each.next) },
];

export const vmPin: Command = {
  path: ["vm", "pin"],
  summary: "show or set the host's CPUs of a VM's threads: 0=2 1=3 emulator=0-1 (administrators)",
  args: [
    { name: "VM", completes: "vm" },
    { name: "THREAD=CPUS", optional: true, rest: true },
  ],
  options: diffOption,
  async run(ctx) {
    const asked = askedBy(ctx.rest);
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const shown =
      asked === null
        ? await client.call("getVmPinning", { vmId })
        : await client.call("pinVm", { vmId, ...asked });
    if (ctx.print.json) return ctx.print.object(shown);
    show(ctx.print, shown);
  },
};

function askedBy(words: readonly string[]): PinsAsked | null {
  if (words.length === 0) return null;
  const asked: PinsAsked = { vcpus: [] };
  for (const word of words) {
    const [, thread = "", text = ""] = word.match(/^(\d{1,2}|emulator)=(.+)$/) ?? [];
    const cpus = text === ANY ? null : parseCpuSet(text);
    if (thread === "" || (cpus === null && text !== ANY)) {
      throw usageError(`${word}: like 0=2, 1=4-7,12, emulator=0 or 0=any`);
    }
    if (thread === "emulator") asked.emulator = cpus;
    else asked.vcpus.push({ vcpu: Number(thread), cpus });
  }
  return asked;
}

function show(print: Printer, { cells, now, next, neighbours }: Pinning): void {
  const lines: Line[] = [
    ...next.vcpus.map((cpus, vcpu) => ({
      thread: `vCPU ${vcpu}`,
      now: now === null ? undefined : (now.vcpus[vcpu] ?? null),
      next: cpus,
    })),
    { thread: "emulator", now: now?.emulator, next: next.emulator },
  ];
  print.table(lines, columns, "No threads.");
  for (const { cell, cores } of cells) {
    print.note(`cell ${cell}: ${cores.map(({ cpus }) => `[${cpus.join(" ")}]`).join(" ")}`);
  }
  for (const each of sharedWith(cpusOf(cells), neighbours)) {
    print.note(`${each.name} is bound to ${formatCpuSet(each.cpus)}`);
  }
}
