import { headroom, memoryLimitMib, vcpuLimit } from "./headroom";
import { isRounding, moduleFor, moduleLimitMib, modulesLimitOn } from "./memory-modules";
import type { ResizeAsked, ResizeCurrent, ResizeHost, ResizeLine } from "./resize-plan";
import { kibToMib, mibToKib } from "./units";
import type { VmSizes } from "./vm";
import { vmLimits } from "./vm-limits";
import type { VmState } from "./vm-state";

/** What becomes of one line, with the bounds that its message names, in vCPUs or MiB. */
export type Verdict = Pick<ResizeLine, "when" | "how" | "reasonKey"> & {
  max?: number;
  min?: number;
  size?: number;
};

const offStates: readonly VmState[] = ["off", "crashed"];
const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];

/** The module that a running guest is given for what is asked, in KiB; null where none is. */
export function modulesNow({ live, modules }: ResizeCurrent, asked: ResizeAsked): number | null {
  return moduleFor(mibToKib(asked.memoryMib), live.maxMemoryKib, modules.now);
}

/** Ceilings move only when they must or shall, and then with the headroom of a new VM. */
export function nextSizes(current: ResizeCurrent, asked: ResizeAsked, host: ResizeHost): VmSizes {
  const { next } = current;
  const room = headroom(asked, host);
  return {
    vcpus: asked.vcpus,
    maxVcpus: asked.vcpus > next.maxVcpus ? room.maxVcpus : next.maxVcpus,
    memoryKib: mibToKib(asked.memoryMib),
    maxMemoryKib: ceilingKib(current, asked, mibToKib(room.maxMemoryMib)),
  };
}

function ceilingKib(current: ResizeCurrent, asked: ResizeAsked, roomKib: number): number {
  const { live, next } = current;
  if (keepsCeiling(current, asked)) return next.maxMemoryKib;
  const moduleKib = current.state === "running" ? modulesNow(current, asked) : null;
  // What was plugged in stays as plain memory. That it can grow again is what the places are for,
  // so room for the balloon is made only where somebody asks for it who had none.
  const wantsRoom = asked.roomToGrow === true && isRounding(next.memoryKib, next.maxMemoryKib);
  return moduleKib !== null && !wantsRoom ? live.maxMemoryKib + moduleKib : roomKib;
}

function keepsCeiling({ next, modules }: ResizeCurrent, asked: ResizeAsked): boolean {
  const memoryKib = mibToKib(asked.memoryMib);
  if (asked.roomToGrow === undefined) return memoryKib <= next.maxMemoryKib;
  if (asked.roomToGrow) return memoryKib < next.maxMemoryKib;
  const rounded = modules.next !== null && isRounding(memoryKib, next.maxMemoryKib);
  return rounded || memoryKib === next.maxMemoryKib;
}

/** How far modules lead from the next start on, in KiB; null: no places, or nowhere to go. */
export function modulesLimitKib(
  current: ResizeCurrent,
  asked: ResizeAsked,
  host: ResizeHost,
): number | null {
  const before = current.modules.next;
  if (!(asked.memoryModules ?? before !== null)) return null;
  const ceilingKib = nextSizes(current, asked, host).maxMemoryKib;
  if (before === null) return modulesLimitOn(host, ceilingKib);
  return before.limitKib > ceilingKib ? before.limitKib : null;
}

export function judgeVcpus(current: ResizeCurrent, asked: number, host: ResizeHost): Verdict {
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

export function judgeMemory(current: ResizeCurrent, asked: ResizeAsked, host: ResizeHost): Verdict {
  const { live, next } = current;
  const askedMib = asked.memoryMib;
  const { min, max } = vmLimits.memoryMib;
  if (!Number.isInteger(askedMib) || askedMib < min || askedMib > max) {
    return { when: "refused", how: "none", reasonKey: "resize.memory.invalid", min, max };
  }
  const askedKib = mibToKib(askedMib);
  const same = askedKib === live.memoryKib && askedKib === next.memoryKib;
  const ceilingKib = nextSizes(current, asked, host).maxMemoryKib;
  if (same && ceilingKib === next.maxMemoryKib) return unchanged;
  const limitMib = memoryLimitMib(host.memoryKib);
  if (limitMib > 0 && askedMib > limitMib && askedKib > next.memoryKib) {
    return { when: "refused", how: "none", reasonKey: "resize.memory.above_host", max: limitMib };
  }
  const early = judgeState(current.state);
  if (early !== null) return early;
  if (askedKib > live.maxMemoryKib) return judgeGrowth(current, asked);
  if (same) {
    const max = kibToMib(ceilingKib);
    return { when: "next_boot", how: "config", reasonKey: "resize.memory.ceiling", max };
  }
  return { when: "now", how: "balloon", reasonKey: "resize.memory.balloon" };
}

/** Of a running guest, above what its balloon can give. */
function judgeGrowth(current: ResizeCurrent, asked: ResizeAsked): Verdict {
  const { live, modules, agentConnected } = current;
  const moduleKib = modulesNow(current, asked);
  if (moduleKib !== null) {
    const reasonKey = agentConnected ? "resize.memory.module" : "resize.memory.module_no_agent";
    return { when: "now", how: "module", reasonKey, size: kibToMib(moduleKib) };
  }
  const max =
    modules.now !== null && modules.now.freeSlots > 0
      ? moduleLimitMib(live.maxMemoryKib, modules.now)
      : kibToMib(live.maxMemoryKib);
  return { when: "next_boot", how: "config", reasonKey: "resize.memory.above_ceiling", max };
}

export function judgeModules(
  current: ResizeCurrent,
  asked: ResizeAsked,
  host: ResizeHost,
): Verdict {
  const before = current.modules.next !== null;
  const wanted = asked.memoryModules ?? before;
  const limitKib = modulesLimitKib(current, asked, host);
  if (wanted && limitKib === null && !before) {
    const max = memoryLimitMib(host.memoryKib);
    return { when: "refused", how: "none", reasonKey: "resize.modules.no_room", max };
  }
  if (before === (limitKib !== null)) return unchanged;
  const early = judgeState(current.state);
  if (early?.when === "refused") return early;
  const reasonKey = limitKib === null ? "resize.modules.off" : "resize.modules.on";
  const max = kibToMib(limitKib ?? 0);
  return { when: early?.when ?? "next_boot", how: "config", reasonKey, max };
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
