import { headroom, memoryLimitMib, vcpuLimit } from "./headroom";
import { kibToMib, mibToKib } from "./units";
import type { VmSizes } from "./vm";
import { vmLimits } from "./vm-limits";
import type { VmState } from "./vm-state";

export const resizeFields = ["vcpus", "memory"] as const;
export type ResizeField = (typeof resizeFields)[number];

/** When the asked size is in force. `now` on a VM that is off means: at its next start anyway. */
export type ResizeWhen = "now" | "next_boot" | "refused" | "unchanged";

/**
 * How it is done. A vCPU is never unplugged from a running guest (QEMU may crash at the next
 * hot-plug): fewer vCPUs means that the guest's own system puts them offline, by its agent.
 */
export type ResizeHow =
  | "hot_add"
  | "guest_offline"
  | "guest_online"
  | "balloon"
  | "config"
  | "none";

/** Keys below `resize.` of the `vm` catalogue; each says why the line is as it is. */
export const resizeReasonKeys = [
  "resize.unchanged",
  "resize.off",
  "resize.vcpus.hot_add",
  "resize.vcpus.guest_offline",
  "resize.vcpus.guest_online",
  "resize.vcpus.no_agent",
  "resize.vcpus.above_max",
  "resize.vcpus.above_host",
  "resize.vcpus.invalid",
  "resize.memory.balloon",
  "resize.memory.ceiling",
  "resize.memory.above_ceiling",
  "resize.memory.above_host",
  "resize.memory.invalid",
  "resize.pending_dropped",
  "resize.not_running",
  "resize.bad_state",
  "resize.saved",
] as const;
export type ResizeReasonKey = (typeof resizeReasonKeys)[number];

export interface ResizeLine {
  field: ResizeField;
  /** vCPUs, or memory in KiB; what libvirt reports now. */
  from: number;
  /** vCPUs, or memory in KiB. */
  to: number;
  when: ResizeWhen;
  how: ResizeHow;
  reasonKey: ResizeReasonKey;
  /** For the message: `from`, `to`, `max`, `min`, in vCPUs or MiB. */
  values: Record<string, number>;
}

export interface ResizePlan {
  vcpus: ResizeLine;
  memory: ResizeLine;
  /** Sizes of the definition that the next boot uses, after the plan. */
  next: VmSizes;
  /** False when a line is refused: then nothing at all is done. */
  possible: boolean;
  /** False when there is nothing to do. */
  changes: boolean;
}

export interface ResizeCurrent {
  state: VmState;
  live: VmSizes;
  next: VmSizes;
  agentConnected: boolean;
}

/** Of the host; 0 where it is not known, which lifts that bound. */
export interface ResizeHost {
  cpuCount: number;
  memoryKib: number;
}

/** What a person asks for. */
export interface ResizeAsked {
  vcpus: number;
  memoryMib: number;
  /**
   * Whether memory shall have room to grow while the guest runs. False gives the room back, which
   * counts against the quota; absent leaves it as it is as long as that is possible.
   */
  roomToGrow?: boolean | undefined;
}

type Verdict = Pick<ResizeLine, "when" | "how" | "reasonKey"> & { max?: number; min?: number };

const offStates: readonly VmState[] = ["off", "crashed"];
const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];

/**
 * What a change of size will do, line by line. Pure: the form shows it beforehand and the server
 * acts on it. Sizes are libvirt's (`live`, `next`) and what the person asks for.
 */
export function planResize(
  current: ResizeCurrent,
  asked: ResizeAsked,
  host: ResizeHost,
): ResizePlan {
  const askedKib = mibToKib(asked.memoryMib);
  const vcpus = line("vcpus", current, asked.vcpus, judgeVcpus(current, asked.vcpus, host));
  const memory = line("memory", current, askedKib, judgeMemory(current, asked, host));
  const possible = vcpus.when !== "refused" && memory.when !== "refused";
  return {
    vcpus,
    memory,
    next: possible ? nextSizes(current.next, asked, host) : current.next,
    possible,
    changes: vcpus.when !== "unchanged" || memory.when !== "unchanged",
  };
}

/** Ceilings move only when they must or shall, and then with the headroom of a new VM. */
function nextSizes(next: VmSizes, asked: ResizeAsked, host: ResizeHost): VmSizes {
  const room = headroom(asked, host);
  const memoryKib = mibToKib(asked.memoryMib);
  return {
    vcpus: asked.vcpus,
    maxVcpus: asked.vcpus > next.maxVcpus ? room.maxVcpus : next.maxVcpus,
    memoryKib,
    maxMemoryKib: keepsCeiling(next, memoryKib, asked.roomToGrow)
      ? next.maxMemoryKib
      : mibToKib(room.maxMemoryMib),
  };
}

function keepsCeiling(next: VmSizes, memoryKib: number, roomToGrow?: boolean): boolean {
  if (roomToGrow === undefined) return memoryKib <= next.maxMemoryKib;
  return roomToGrow ? memoryKib < next.maxMemoryKib : memoryKib === next.maxMemoryKib;
}

function judgeVcpus(current: ResizeCurrent, asked: number, host: ResizeHost): Verdict {
  const { live, next } = current;
  const { min, max } = vmLimits.vcpus;
  if (!Number.isInteger(asked) || asked < min || asked > max) {
    return { when: "refused", how: "none", reasonKey: "resize.vcpus.invalid", min, max };
  }
  if (asked === live.vcpus && asked === next.vcpus) return unchanged;
  const limit = vcpuLimit(host.cpuCount);
  if (limit > 0 && asked > limit && asked > next.vcpus) {
    return { when: "refused", how: "none", reasonKey: "resize.vcpus.above_host", max: limit };
  }
  const early = judgeState(current.state);
  if (early !== null) return early;
  if (asked > live.maxVcpus) {
    const reasonKey = "resize.vcpus.above_max";
    return { when: "next_boot", how: "config", reasonKey, max: live.maxVcpus };
  }
  if (asked > live.vcpus) return { when: "now", how: "hot_add", reasonKey: "resize.vcpus.hot_add" };
  if (asked === live.vcpus) {
    return current.agentConnected
      ? { when: "now", how: "guest_online", reasonKey: "resize.vcpus.guest_online" }
      : pendingDropped;
  }
  return current.agentConnected
    ? { when: "now", how: "guest_offline", reasonKey: "resize.vcpus.guest_offline" }
    : { when: "next_boot", how: "config", reasonKey: "resize.vcpus.no_agent" };
}

function judgeMemory(current: ResizeCurrent, asked: ResizeAsked, host: ResizeHost): Verdict {
  const { live, next } = current;
  const askedMib = asked.memoryMib;
  const { min, max } = vmLimits.memoryMib;
  if (!Number.isInteger(askedMib) || askedMib < min || askedMib > max) {
    return { when: "refused", how: "none", reasonKey: "resize.memory.invalid", min, max };
  }
  const askedKib = mibToKib(askedMib);
  const same = askedKib === live.memoryKib && askedKib === next.memoryKib;
  const ceilingKib = nextSizes(next, asked, host).maxMemoryKib;
  if (same && ceilingKib === next.maxMemoryKib) return unchanged;
  const limitMib = memoryLimitMib(host.memoryKib);
  if (limitMib > 0 && askedMib > limitMib && askedKib > next.memoryKib) {
    return { when: "refused", how: "none", reasonKey: "resize.memory.above_host", max: limitMib };
  }
  const early = judgeState(current.state);
  if (early !== null) return early;
  if (askedKib > live.maxMemoryKib) {
    const reasonKey = "resize.memory.above_ceiling";
    const ceilingMib = kibToMib(live.maxMemoryKib);
    return { when: "next_boot", how: "config", reasonKey, max: ceilingMib };
  }
  if (same) {
    const max = kibToMib(ceilingKib);
    return { when: "next_boot", how: "config", reasonKey: "resize.memory.ceiling", max };
  }
  return { when: "now", how: "balloon", reasonKey: "resize.memory.balloon" };
}

const unchanged: Verdict = { when: "unchanged", how: "none", reasonKey: "resize.unchanged" };
const pendingDropped: Verdict = {
  when: "now",
  how: "config",
  reasonKey: "resize.pending_dropped",
};

/** The verdict that the state alone gives; null for a running guest. */
function judgeState(state: VmState): Verdict | null {
  if (fixedStates.includes(state)) {
    return { when: "refused", how: "none", reasonKey: "resize.bad_state" };
  }
  if (state === "saved") return { when: "refused", how: "none", reasonKey: "resize.saved" };
  if (offStates.includes(state)) return { when: "now", how: "config", reasonKey: "resize.off" };
  if (state !== "running") {
    return { when: "next_boot", how: "config", reasonKey: "resize.not_running" };
  }
  return null;
}

function line(
  field: ResizeField,
  current: ResizeCurrent,
  to: number,
  verdict: Verdict,
): ResizeLine {
  const from = field === "vcpus" ? current.live.vcpus : current.live.memoryKib;
  const shown = (size: number) => (field === "vcpus" ? size : kibToMib(size));
  const values: Record<string, number> = { from: shown(from), to: shown(to) };
  if (verdict.max !== undefined) values.max = verdict.max;
  if (verdict.min !== undefined) values.min = verdict.min;
  const { when, how, reasonKey } = verdict;
  return { field, from, to, when, how, reasonKey, values };
}
