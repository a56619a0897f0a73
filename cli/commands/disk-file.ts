import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { showBytes } from "../sizes";

type DiskFile = OperationResult<"getVmDiskFile">;

const info: Command = {
  path: ["disk", "info"],
  summary: "show what a VM's disk lies in, as qemu-img info does",
  args: [{ name: "VM", completes: "vm" }, { name: "DISK" }],
  async run(ctx) {
    const { VM = "", DISK: target = "" } = ctx.args;
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, VM);
    const file = await client.call("getVmDiskFile", { vmId, target });
    if (ctx.print.json) return ctx.print.object(file);
    ctx.print.object(factsOf(file));
    for (const line of file.commands) ctx.print.note(line);
  },
};

/** A line a fact; what does not apply is left out. */
function factsOf(file: DiskFile): object {
  const { header, chain, physicalBytes, clusterBytes } = file;
  const cluster = header?.clusterBytes ?? clusterBytes;
  const facts = {
    volume: `${file.pool}/${file.volume}`,
    format: file.format,
    listed: file.listedFormat === file.format ? undefined : `as ${file.listedFormat}`,
    capacity: showBytes(file.capacityBytes),
    takes: showBytes(file.allocationBytes),
    length: physicalBytes === null ? undefined : showBytes(physicalBytes),
    cluster: cluster === null ? undefined : showBytes(cluster),
    compat: file.compat ?? undefined,
    features: file.features.join(", ") || undefined,
    encryption: file.encryption ?? header?.encryption ?? undefined,
    snapshots: header?.snapshots,
    dirty: header?.dirty,
    corrupt: header?.corrupt,
    below: chain.map((each) => `${each.name} (${each.format ?? "?"})`).join(", ") || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

export const diskFileCommands: readonly Command[] = [info];
