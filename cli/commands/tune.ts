import type { OperationResult } from "@/lib/api/spec/operations";
import { formatCpuSet, parseCpuSet } from "@/lib/model/cpu-set";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findHost } from "../find-host";
import { findVm } from "../find-vm";
import type { Column, Printer } from "../printer";
import { diffOption } from "../show-change";
import { countOf, showKib } from "../sizes";

type HostTuning = OperationResult<"getHostTuning">;
type VmTuning = OperationResult<"getVmTuning">;

const cellColumns: readonly Column<HostTuning["cells"][number]>[] = [
  { title: "CELL", of: (each) => each.cell },
  { title: "CPUS", of: (each) => formatCpuSet(each.cpus) },
  { title: "MEMORY", of: (each) => (each.memoryKib === null ? "" : showKib(each.memoryKib)) },
  { title: "HUGE PAGES", of: (each) => each.total, align: "right" },
  { title: "FREE", of: (each) => each.free, align: "right" },
];

function showHost(print: Printer, tuning: HostTuning): void {
  if (print.json) {
    print.object(tuning);
    return;
  }
  print.table(tuning.cells, cellColumns, "No cells.");
  if (tuning.transparent !== null) print.note(`transparent huge pages: ${tuning.transparent}`);
  for (const { disk, scheduler, choices } of tuning.queues ?? []) {
    print.note(`${disk}: ${scheduler} (of ${choices.join(", ")})`);
  }
}

const hostTuning: Command = {
  path: ["host", "tuning"],
  summary: "show a host's huge pages, cells and I/O schedulers (administrators and auditors)",
  args: [{ name: "HOST" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const hostId = await findHost(client, ctx.args.HOST ?? "");
    showHost(ctx.print, await client.call("getHostTuning", { hostId }));
  },
};

const hugePages: Command = {
  path: ["host", "hugepages"],
  summary: "set how many pages of 2 MiB a host's pool has (administrators)",
  args: [{ name: "HOST" }, { name: "PAGES" }],
  options: { cell: { type: "string", value: "CELL", summary: "whose pool; 0 unless named" } },
  async run(ctx) {
    const pages = countOf(ctx.args.PAGES ?? "", "pages");
    const cell = countOf(String(ctx.options.cell ?? "0"), "cell");
    const client = await clientOf(ctx);
    const hostId = await findHost(client, ctx.args.HOST ?? "");
    showHost(ctx.print, await client.call("setHostHugePages", { hostId, cell, pages }));
  },
};

const scheduler: Command = {
  path: ["host", "scheduler"],
  summary: "set the I/O scheduler of a disk of the portal's machine (administrators)",
  args: [{ name: "HOST" }, { name: "DISK" }, { name: "SCHEDULER" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const hostId = await findHost(client, ctx.args.HOST ?? "");
    const { DISK: disk = "", SCHEDULER: name = "" } = ctx.args;
    const asked = { hostId, disk, scheduler: name };
    showHost(ctx.print, await client.call("setHostScheduler", asked));
  },
};

const vmTune: Command = {
  path: ["vm", "tune"],
  summary: "show or set where a VM's memory comes from and its I/O threads (administrators)",
  args: [
    { name: "VM", completes: "vm" },
    { name: "DISK=THREAD", optional: true, rest: true },
  ],
  options: {
    "huge-pages": {
      type: "string",
      value: "WHETHER",
      summary: "memory from the host's huge pages",
      choices: ["on", "off"],
    },
    "memory-cells": { type: "string", value: "CELLS", summary: "like 0 or 0-1, or any" },
    "io-threads": { type: "string", value: "COUNT", summary: "threads for disks: vda=1, vdb=none" },
    ...diffOption,
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const shown = await client.call("getVmTuning", { vmId });
    const asked = askedBy(ctx, shown.next);
    if (asked === null) return showVm(ctx.print, shown);
    showVm(ctx.print, await client.call("tuneVm", { vmId, ...asked }));
  },
};

/** What is not named stays as it is. */
function askedBy(
  { options, rest }: Parameters<Command["run"]>[0],
  next: VmTuning["next"],
): VmTuning["next"] | null {
  const { "huge-pages": huge, "memory-cells": cells, "io-threads": threads } = options;
  if (rest.length === 0 && [huge, cells, threads].every((each) => each === undefined)) return null;
  const memoryCells = typeof cells === "string" && cells !== "any" ? parseCpuSet(cells) : null;
  if (typeof cells === "string" && cells !== "any" && memoryCells === null) {
    throw usageError(`--memory-cells ${cells}: like 0, 0-1 or any`);
  }
  return {
    hugePages: huge === undefined ? next.hugePages : huge === "on",
    memoryCells: cells === undefined ? next.memoryCells : memoryCells,
    ioThreads: typeof threads === "string" ? countOf(threads, "io-threads") : next.ioThreads,
    disks: rest.map((word) => {
      const [, target = "", thread = ""] = word.match(/^(vd[a-z]{1,2})=(\d{1,2}|none)$/) ?? [];
      if (target === "") throw usageError(`${word}: like vda=1 or vda=none`);
      return { target, ioThread: thread === "none" ? null : Number(thread) };
    }),
  };
}

function showVm(print: Printer, tuning: VmTuning): void {
  if (print.json) {
    print.object(tuning);
    return;
  }
  for (const [when, parts] of [
    ["now", tuning.now] as const,
    ["next start", tuning.next] as const,
  ]) {
    if (parts === null) continue;
    const { hugePages: huge, memoryCells, ioThreads, disks } = parts;
    const cells = memoryCells === null ? "any cell" : `cell ${formatCpuSet(memoryCells)}`;
    print.note(`${when}: memory from ${cells}${huge ? ", in huge pages" : ""}`);
    const served = disks.map(({ target, ioThread }) => `${target}=${ioThread ?? "none"}`);
    print.note(`${when}: ${ioThreads} I/O threads ${served.join(" ")}`);
  }
  print.note(`huge pages for its next start: ${tuning.pages}`);
}

export const tuneCommands: readonly Command[] = [vmTune, hostTuning, hugePages, scheduler];
