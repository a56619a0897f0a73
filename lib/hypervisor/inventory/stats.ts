import type { TypedParams } from "@/lib/libvirt";

/** virDomainStatsTypes. */
export const STATS = { state: 1, cpu: 2, balloon: 4, vcpu: 8, block: 32 } as const;

/** What one reading of a domain's statistics says; null where the answer lacked it. */
export interface DomainStats {
  state: number;
  reason: number;
  cpuTimeNs: bigint | null;
  vcpus: number | null;
  /** What the balloon gives the guest now. */
  memoryKib: number | null;
  /** What the guest itself says it uses; null without a balloon driver in it. */
  memoryUsedKib: number | null;
  disks: Map<string, { capacityBytes: number; allocationBytes: number }>;
}

/** Reads the parameters of `connectGetAllDomainStats`. */
export function readStats(params: TypedParams): DomainStats {
  const number = (name: string) => numberOf(params[name]);
  const available = number("balloon.available");
  const free = number("balloon.usable") ?? number("balloon.unused");
  const cpuTime = params["cpu.time"];
  const disks: DomainStats["disks"] = new Map();
  const count = number("block.count") ?? 0;
  for (let index = 0; index < count; index++) {
    const name = params[`block.${index}.name`];
    const capacityBytes = number(`block.${index}.capacity`);
    if (typeof name !== "string" || capacityBytes === null) continue;
    disks.set(name, { capacityBytes, allocationBytes: number(`block.${index}.physical`) ?? 0 });
  }
  return {
    state: number("state.state") ?? 0,
    reason: number("state.reason") ?? 0,
    cpuTimeNs: typeof cpuTime === "bigint" ? cpuTime : null,
    vcpus: number("vcpu.current"),
    memoryKib: number("balloon.current"),
    memoryUsedKib:
      available === null || free === null ? null : roundToMib(Math.max(0, available - free)),
    disks,
  };
}

/** Whole MiB, so that a page does not change at every reading. */
function roundToMib(sizeKib: number): number {
  return Math.round(sizeKib / 1024) * 1024;
}

function numberOf(value: TypedParams[string] | undefined): number | null {
  if (typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : null;
}

export interface CpuReading {
  cpuTimeNs: bigint;
  atNs: bigint;
}

/** Share of `vcpus` processors used between two readings: whole percent, 0..100. */
export function cpuPercent(before: CpuReading, after: CpuReading, vcpus: number): number | null {
  const elapsed = Number(after.atNs - before.atNs);
  const used = Number(after.cpuTimeNs - before.cpuTimeNs);
  // Less than before: the guest was restarted between the two.
  if (elapsed <= 0 || used < 0 || vcpus < 1) return null;
  return Math.min(100, Math.round((100 * used) / (elapsed * vcpus)));
}
