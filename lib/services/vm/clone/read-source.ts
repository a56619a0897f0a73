import type { Disk, Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { uncloneable } from "@/lib/hypervisor/xml/uncloneable";
import { cloneProblem } from "@/lib/model/clone";
import { AppError } from "@/lib/model/errors";
import type { Amounts } from "@/lib/model/quota";
import { BYTES_PER_GIB, kibToMib } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import type { Context } from "../../context";
import { assertRewritable } from "../../volume/assert-rewritable";
import { requireLive } from "../find-vm";

/** A disk of the VM that is cloned, as its host has it. */
export interface SourceDisk {
  row: Disk;
  format: DiskFormat;
  capacityBytes: number;
  allocationBytes: number;
}

export interface Source {
  host: Host;
  live: LiveVm;
  /** Of the definition that all of this is told of. */
  digest: string;
  disks: SourceDisk[];
}

/** The VM that is to be cloned, off. Throws `vm.bad_state` and `host.unreachable`. */
export function requireOff(ctx: Context, row: Vm): { host: Host; live: LiveVm } {
  const { host, live } = requireLive(ctx, row, { evenTemplate: true });
  if (isOff(live.state)) return { host, live };
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${row.id} is ${live.state}`,
    userMessage: { key: "clone.not_off" },
    details: { state: live.state },
  });
}

/**
 * Asks the host for all that a clone would be made from. Throws `vm.bad_state` unless the VM is
 * off, `conflict.rule` for hardware that there can be only once and for a disk whose file cannot
 * be copied, and `host.*` errors.
 */
export async function readSource(ctx: Context, row: Vm): Promise<Source> {
  const { host, live: shown } = requireOff(ctx, row);
  const live = (await host.inventory.refresh(row.uuid)) ?? shown;
  const { next } = await readDefinitions(host, row.uuid);
  const parts = uncloneable(next.root);
  if (parts.length > 0) {
    throw refusal(row.id, { key: "clone.hardware", values: { parts: parts.join(", ") } });
  }
  const rows = await ctx.db.disk.findMany({ where: { vmId: row.id } });
  const disks: SourceDisk[] = [];
  for (const { target, device, pool, volume } of live.nextDisks) {
    if (device !== "disk") continue;
    const own = rows.find(
      (each) => each.target === target && each.pool === pool && each.volume === volume,
    );
    if (own === undefined) throw refusal(row.id, { key: "clone.not_ours", values: { target } });
    const of = { vmId: row.id, live, target };
    const { capacityBytes, allocationBytes } = await assertRewritable(host, of, own, cloneProblem);
    disks.push({ row: own, format: own.format as DiskFormat, capacityBytes, allocationBytes });
  }
  return { host, live, digest: next.digest, disks };
}

/** What a clone takes of its project's quota. */
export function askedByClone(
  { next }: Pick<LiveVm, "next">,
  disks: readonly { capacityBytes: number | bigint }[],
): Partial<Amounts> {
  const bytes = disks.reduce((sum, disk) => sum + Number(disk.capacityBytes), 0);
  return {
    vms: 1,
    vcpus: next.vcpus,
    memoryMib: kibToMib(next.maxMemoryKib),
    diskGib: bytes / BYTES_PER_GIB,
  };
}

function refusal(vmId: string, userMessage: AppError["userMessage"]): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `vm ${vmId} is not cloned: ${userMessage?.key}`,
    userMessage,
  });
}
