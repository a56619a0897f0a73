import type { VmState } from "@/lib/model/vm-state";

/** virDomainState by number. */
const RUNNING = 1;
const BLOCKED = 2;
const PAUSED = 3;
const SHUTDOWN = 4;
const SHUTOFF = 5;
const CRASHED = 6;
const PM_SUSPENDED = 7;

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
  "starting up",
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

/** The state that people see, from libvirt's state and reason numbers. */
export function mapState(state: number, reason: number): MappedState {
  switch (state) {
    case RUNNING:
    case BLOCKED:
      return { state: "running", stateReason: word(runningReasons, reason) };
    case PAUSED: {
      const stateReason = word(pausedReasons, reason);
      if (stateReason === "io error") return { state: "paused_io_error", stateReason };
      if (stateReason === "crashed") return { state: "crashed", stateReason };
      return { state: "paused", stateReason };
    }
    case SHUTDOWN:
      return { state: "shutting_down", stateReason: null };
    case SHUTOFF: {
      const stateReason = word(shutoffReasons, reason);
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
