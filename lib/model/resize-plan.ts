import type { ModuleRooms } from "./memory-modules";
import {
  judgeMemory,
  judgeModules,
  judgeVcpus,
  modulesLimitKib,
  modulesNow,
  nextSizes,
  type Verdict,
} from "./resize-judge";
import { kibToMib, mibToKib } from "./units";
import type { VmSizes } from "./vm";
import type { VmState } from "./vm-state";

export const resizeFields = ["vcpus", "memory", "modules"] as const;
export type ResizeField = (typeof resizeFields)[number];

/** When the asked size is in force. `now` on a VM that is off means: at its next start anyway. */
export type ResizeWhen = "now" | "next_boot" | "refused" | "unchanged";

/**
 * How it is done. A vCPU is never unplugged from a running guest (QEMU may crash at the next
 * hot-plug): fewer vCPUs means that the guest's own system puts them offline, by its agent.
 */
export const resizeHows = [
  "hot_add",
  "guest_offline",
  "guest_online",
  "balloon",
  "module",
  "config",
  "none",
] as const;
export type ResizeHow = (typeof resizeHows)[number];

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
  "resize.memory.module",
  "resize.memory.module_no_agent",
  "resize.memory.ceiling",
  "resize.memory.above_ceiling",
  "resize.memory.above_host",
  "resize.memory.invalid",
  "resize.modules.on",
  "resize.modules.off",
  "resize.modules.no_room",
  "resize.pending_dropped",
  "resize.not_running",
  "resize.bad_state",
  "resize.saved",
] as const;
export type ResizeReasonKey = (typeof resizeReasonKeys)[number];

export interface ResizeLine {
  field: ResizeField;
  /** vCPUs, or memory in KiB; what libvirt reports now. Of `modules` their limit, 0 without any. */
  from: number;
  /** vCPUs, or memory in KiB. */
  to: number;
  when: ResizeWhen;
  how: ResizeHow;
  reasonKey: ResizeReasonKey;
  /** For the message: `from`, `to`, `max`, `min`, `size`, in vCPUs or MiB. */
  values: Record<string, number>;
}

export interface ResizePlan {
  vcpus: ResizeLine;
  memory: ResizeLine;
  /** Places for memory modules, which a running guest can be given. */
  modules: ResizeLine;
  /** Memory that is plugged into the running guest, in KiB; null where none is. */
  moduleKib: number | null;
  /** How far modules lead from the next start on, in KiB; null: there are no places for any. */
  modulesLimitKib: number | null;
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
  modules: ModuleRooms;
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
  /** Whether the next start has places for memory modules. Absent leaves it as it is. */
  memoryModules?: boolean | undefined;
}

/**
 * What a change of size will do, line by line. Pure: the form shows it beforehand and the server
 * acts on it. Sizes are libvirt's (`live`, `next`) and what the person asks for.
 */
export function planResize(
  current: ResizeCurrent,
  asked: ResizeAsked,
  host: ResizeHost,
): ResizePlan {
  const { live, modules: rooms } = current;
  const limitKib = modulesLimitKib(current, asked, host);
  const vcpus = line("vcpus", [live.vcpus, asked.vcpus], judgeVcpus(current, asked.vcpus, host));
  const memory = line(
    "memory",
    [live.memoryKib, mibToKib(asked.memoryMib)],
    judgeMemory(current, asked, host),
  );
  const modules = line(
    "modules",
    [rooms.next?.limitKib ?? 0, limitKib ?? 0],
    judgeModules(current, asked, host),
  );
  const lines = [vcpus, memory, modules];
  const possible = lines.every(({ when }) => when !== "refused");
  return {
    vcpus,
    memory,
    modules,
    moduleKib: memory.how === "module" ? modulesNow(current, asked) : null,
    modulesLimitKib: possible ? limitKib : (rooms.next?.limitKib ?? null),
    next: possible ? nextSizes(current, asked, host) : current.next,
    possible,
    changes: lines.some(({ when }) => when !== "unchanged"),
  };
}

function line(field: ResizeField, [from, to]: [number, number], verdict: Verdict): ResizeLine {
  const shown = (size: number) => (field === "vcpus" ? size : kibToMib(size));
  const { when, how, reasonKey, ...bounds } = verdict;
  const values = { from: shown(from), to: shown(to), ...bounds };
  return { field, from, to, when, how, reasonKey, values };
}
