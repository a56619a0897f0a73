import type { OperationCall } from "@/lib/api/spec/operations";
import type { CpuView, ReadCpu } from "@/lib/model/cpu";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";
import { countOf } from "../sizes";

const counts = ["max", "sockets", "cores", "threads"] as const;

export const vmCpu: Command = {
  path: ["vm", "cpu"],
  summary: "show a VM's processors, or set them from its next start on",
  args: [{ name: "VM", completes: "vm" }],
  options: {
    ...diffOption,
    max: { type: "string", summary: "vCPUs that it can have; sockets × cores × threads" },
    sockets: { type: "string", summary: "sockets" },
    cores: { type: "string", summary: "cores of each socket" },
    threads: { type: "string", summary: "threads of each core" },
    model: { type: "string", summary: "a model that its host can give it, or default" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const { choices, ...before } = await client.call("getVmCpu", { vmId });
    const { model } = ctx.options;
    if (counts.every((each) => ctx.options[each] === undefined) && model === undefined) {
      if (ctx.print.json) return ctx.print.object({ ...before, choices });
      return ctx.print.object({
        ...shown(before),
        maximum: `${before.maxVcpus} vCPU`,
        choices: ["default", ...choices.modes, ...choices.models].join(", "),
      });
    }
    const given = counts.map((each) => count(ctx.options[each], each));
    const after = await client.call("setVmCpu", {
      vmId,
      ...arranged(given, before),
      ...(typeof model === "string" && { model }),
    });
    const next = after.cpu?.next;
    ctx.print.result(`${name}: from its next start on ${next && words(next)}.`, after);
  },
};

function count(text: unknown, option: string): number | null {
  return typeof text === "string" ? countOf(text, option) : null;
}

/** What is not said stays, but for the cores, which make up the maximum. */
function arranged(
  [max, sockets, cores, threads]: (number | null | undefined)[],
  before: { next: ReadCpu; maxVcpus: number },
): Omit<OperationCall<"setVmCpu">, "vmId" | "model"> {
  const was = before.next.topology ?? { sockets: before.maxVcpus, cores: 1, threads: 1 };
  const topology = {
    sockets: sockets ?? (max == null ? was.sockets : 1),
    threads: threads ?? (max == null ? was.threads : 1),
  };
  const others = topology.sockets * topology.threads;
  const maxVcpus = max ?? (cores == null ? before.maxVcpus : others * cores);
  const fitting = cores ?? maxVcpus / others;
  if (Number.isInteger(fitting)) return { maxVcpus, ...topology, cores: fitting };
  throw usageError(`${maxVcpus} vCPU cannot be ${others} times a number of cores: say --max too.`);
}

function shown({ now, next }: CpuView): Record<string, string> {
  return { ...(now && { now: words(now) }), next: words(next) };
}

function words({ topology, model }: ReadCpu): string {
  const arrangement = topology
    ? `${topology.sockets} × ${topology.cores} × ${topology.threads} (sockets × cores × threads)`
    : "a socket for each vCPU";
  return `${arrangement}, ${model ?? "QEMU's own model"}`;
}
