import { KIB_PER_MIB } from "./units";

/** What stays with the host itself, whatever its guests are promised. */
const hostReserveMib = 512;
/** Growth in place has to end somewhere: every possible vCPU costs memory and boot time. */
const growthFactor = 4;
const growthCap = 16;

export interface Headroom {
  /** vCPUs that can be plugged in while the guest runs. */
  maxVcpus: number;
  /** Ceiling of live memory growth. */
  maxMemoryMib: number;
}

/** Memory that one VM may have at most on a host, in MiB. */
export function memoryLimitMib(hostMemoryKib: number): number {
  return Math.max(0, Math.floor(hostMemoryKib / KIB_PER_MIB) - hostReserveMib);
}

/** vCPUs that one VM may have at most on a host: more than this only slows it down. */
export function vcpuLimit(hostCpuCount: number): number {
  return hostCpuCount * growthFactor;
}

/**
 * Room for live growth that is built into a new VM. Live resize is possible only up to these
 * figures, so the create page shows them and `createVm` applies them: the same rule. Memory
 * beyond what was asked counts against the quota, so `roomToGrow: false` leaves it out.
 */
export function headroom(
  asked: { vcpus: number; memoryMib: number; roomToGrow?: boolean | undefined },
  host: { cpuCount: number; memoryKib: number },
): Headroom {
  const vcpus = Math.min(host.cpuCount, asked.vcpus * growthFactor, growthCap);
  const factor = asked.roomToGrow === false ? 1 : 2;
  const memoryMib = Math.min(asked.memoryMib * factor, memoryLimitMib(host.memoryKib));
  return {
    maxVcpus: Math.max(asked.vcpus, vcpus),
    maxMemoryMib: Math.max(asked.memoryMib, memoryMib),
  };
}
