import type { UserMessage } from "./errors";
import type { VmState } from "./vm-state";

/** Disks that one VM may have: each takes one of the ports that a boot makes. */
export const disksPerVm = 6;

/** What a disk verb plans by: the VM as its host reports it, now and for its next start. */
export interface DiskHolder {
  domainName: string;
  state: VmState;
  /** Whether it has snapshots: they know only the disks of their time. */
  hasSnapshots: boolean;
  /** Targets that are taken, CD drives included. */
  targets: readonly string[];
  /** Ports left in the running guest; null where nobody counts them. */
  freePorts: number | null;
}

export interface AddDiskPlan {
  /** Where the guest finds it: the first free place of virtio-blk. */
  target: string;
  /** Also into the running guest; else it is there at the next start. */
  live: boolean;
  /** Why not; then nothing is done. */
  problem: UserMessage | null;
}

const offStates: readonly VmState[] = ["off", "crashed"];
const fixedStates: readonly VmState[] = ["creating", "deleting", "missing", "unknown"];

/** Whether a change of its disks is one of a running guest, too. */
export function hasGuest(state: VmState): boolean {
  return !offStates.includes(state);
}

/** Why none of the VM's disks can be changed now, whichever and however; null when they can. */
export function holderProblem({
  state,
  hasSnapshots,
}: Pick<DiskHolder, "state" | "hasSnapshots">): UserMessage | null {
  if (fixedStates.includes(state)) return { key: "disk.not_now" };
  if (state === "saved") return { key: "vm.is_saved" };
  return hasSnapshots ? { key: "disk.has_snapshots" } : null;
}

const letters = "abcdefghijklmnopqrstuvwxyz";

/** What adding a disk will do. Pure: the form shows it beforehand and the server acts on it. */
export function planAddDisk(vm: DiskHolder): AddDiskPlan {
  const places = Array.from(letters, (letter) => `vd${letter}`);
  const taken = places.filter((place) => vm.targets.includes(place));
  const target = places.find((place) => !vm.targets.includes(place)) ?? "";
  return {
    target,
    live: hasGuest(vm.state),
    problem: addProblem(vm, taken.length),
  };
}

function addProblem(vm: DiskHolder, disks: number): UserMessage | null {
  const problem = holderProblem(vm);
  if (problem !== null) return problem;
  if (disks >= disksPerVm) return { key: "disk.too_many", values: { limit: disksPerVm } };
  if (vm.freePorts === 0) return { key: "vm.no_port" };
  return null;
}
