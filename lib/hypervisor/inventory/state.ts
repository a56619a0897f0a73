import type { VmState } from "@/lib/model/vm-state";

/** virDomainState by number. */
const RUNNING = 1;
const BLOCKED = 2;
const PAUSED = 3;
const SHUTDOWN = 4;
const SHUTOFF = 5;
const CRASHED = 6;
const PM_SUSPENDED = 7;

/** The reason while libvirt prepares a start; nothing can be done with the guest yet. */
export const STARTING_UP = "starting up";

const runningReasons = [
  "unknown",
  "booted",
  "migrated",
  "restored",
  "from snapshot",
  "unpaused",
  "migration cancelled",
  "save cancelled",
  "wakeup",
  "crashed",
  "post-copy",
  "post-copy failed",
];
const pausedReasons = [
  "unknown",
  "user",
  "migration",
  "save",
  "dump",
  "io error",
  "watchdog",
  "from snapshot",
  "shutting down",
  "snapshot",
  "crashed",
  STARTING_UP,
  "post-copy",
  "post-copy failed",
];
const shutoffReasons = [
  "unknown",
  "shutdown",
  "destroyed",
  "crashed",
  "migrated",
  "saved",
  "failed",
  "from snapshot",
  "daemon",
];
const crashedReasons = ["unknown", "panicked"];

export interface MappedState {
  state: VmState;
  /** libvirt's reason in words, as virsh spells it. */
  stateReason: string | null;
}

/**
 * The state that people see, from libvirt's state and reason numbers and whether it keeps the
 * memory of a domain that is off.
 */
export function mapState(state: number, reason: number, saved = false): MappedState {
  switch (state) {
    case RUNNING:
    case BLOCKED:
      return { state: "running", stateReason: word(runningReasons, reason) };
    case PAUSED: {
      const stateReason = word(pausedReasons, reason);
      if (stateReason === "io error") return { state: "paused_io_error", stateReason };
      if (stateReason === "crashed") return { state: "crashed", stateReason };
      // QEMU is being prepared; its processors run within a second, or the start has failed.
      if (stateReason === STARTING_UP) return { state: "running", stateReason };
      return { state: "paused", stateReason };
    }
    case SHUTDOWN:
      return { state: "shutting_down", stateReason: null };
    case SHUTOFF: {
      const stateReason = word(shutoffReasons, reason);
      if (saved) return { state: "saved", stateReason };
      return { state: stateReason === "crashed" ? "crashed" : "off", stateReason };
    }
    case CRASHED:
      return { state: "crashed", stateReason: word(crashedReasons, reason) };
    case PM_SUSPENDED:
      return { state: "suspended", stateReason: null };
    default:
      return { state: "unknown", stateReason: null };
  }
}

function word(words: readonly string[], reason: number): string | null {
  const found = words[reason];
  return found === undefined || found === "unknown" ? null : found;
}
