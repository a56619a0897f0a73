import type { UserMessage } from "./errors";
import {
  type SnapshotSet,
  type SnapshotStorage,
  type SnapshotView,
  type SnapshotVm,
  snapshotLimits,
  snapshotNamePattern,
} from "./snapshot";
import { childrenOf, withAncestors, withDescendants } from "./snapshot-tree";
import type { VmState } from "./vm-state";

/** Why something about snapshots is refused: keys below `snapshot.` of the `errors` catalogue. */
export const snapshotReasons = [
  "bad_state",
  "saved",
  "name",
  "name_taken",
  "limit",
  "no_disk",
  "raw",
  "memory_off",
  "memory_uefi",
  "memory_external",
  "memory_hot_added",
  "memory_clipboard",
  "disk_internal",
  "quiesce_not_here",
  "quiesce_no_agent",
  "unknown",
  "mixed",
  "hot_added",
  "disks_changed",
  "branches",
  "other_branch",
] as const;
export type SnapshotReason = (typeof snapshotReasons)[number];

/** Null: it can be done. */
export type Problem = (UserMessage & { key: `snapshot.${SnapshotReason}` }) | null;

const takeStates: readonly VmState[] = ["running", "paused", "shutting_down", "off", "crashed"];

function problem(reason: SnapshotReason, values?: UserMessage["values"]): Problem {
  return { key: `snapshot.${reason}`, ...(values ? { values } : {}) };
}

export interface CreateAsked {
  name: string;
  /** Absent: with memory where that is possible. */
  memory?: boolean | undefined;
  /** Whether the guest's agent brings its file systems to rest first. */
  quiesce?: boolean | undefined;
}

export interface CreatePlan {
  problem: Problem;
  storage: Exclude<SnapshotStorage, "mixed">;
  memory: boolean;
  quiesce: boolean;
}

/** What taking a snapshot will do. Pure: the form shows it and the server acts on it. */
export function planCreate(set: SnapshotSet, asked: CreateAsked): CreatePlan {
  const { vm, snapshots } = set;
  const noMemory = memoryProblem(set);
  const memory = asked.memory ?? noMemory === null;
  const storage = storageOf(set, memory);
  const quiesce = asked.quiesce ?? false;
  return {
    storage,
    memory,
    quiesce,
    problem:
      stateProblem(vm) ??
      nameProblem(snapshots, asked.name) ??
      countProblem(snapshots) ??
      diskProblem(vm) ??
      mixProblem(snapshots) ??
      (memory || (asked.memory === undefined && diskOnlyProblem(set) !== null)
        ? noMemory
        : diskOnlyProblem(set)) ??
      (quiesce ? quiesceProblem(vm, storage) : null),
  };
}

/** Why the guest's memory cannot be in a new snapshot; null when it can. */
export function memoryProblem({ vm, snapshots }: SnapshotSet): Problem {
  if (!vm.running) return problem("memory_off");
  if (vm.firmware === "uefi") return problem("memory_uefi");
  if (snapshots.some((each) => each.storage === "external")) return problem("memory_external");
  if (vm.hotAddedVcpus > 0) return problem("memory_hot_added", { count: vm.hotAddedVcpus });
  if (vm.clipboardHoldsMemory) return problem("memory_clipboard");
  return null;
}

/** Why a new snapshot cannot be of the disks alone; null when it can. */
export function diskOnlyProblem({ vm, snapshots }: SnapshotSet): Problem {
  const inside = snapshots.some((each) => each.storage === "internal");
  return vm.running && inside ? problem("disk_internal") : null;
}

/** Why the agent cannot bring the file systems to rest for it; null when it can. */
export function quiesceProblem(vm: SnapshotVm, storage: SnapshotStorage): Problem {
  if (storage !== "external" || vm.state !== "running") return problem("quiesce_not_here");
  return vm.agentConnected ? null : problem("quiesce_no_agent");
}

/**
 * libvirt knows two ways that do not go together in one VM: inside the disks, and files on top of
 * each other. So the first snapshot decides, and the firmware where there is only one way.
 */
function storageOf({ vm, snapshots }: SnapshotSet, memory: boolean): "internal" | "external" {
  if (snapshots.some((each) => each.storage === "external")) return "external";
  if (snapshots.some((each) => each.storage === "internal")) return "internal";
  return vm.firmware === "uefi" || (vm.running && !memory) ? "external" : "internal";
}

function stateProblem(vm: SnapshotVm): Problem {
  if (vm.state === "saved") return problem("saved");
  return takeStates.includes(vm.state) ? null : problem("bad_state");
}

function nameProblem(snapshots: readonly SnapshotView[], name: string): Problem {
  const given = name.trim().normalize("NFC");
  if (!snapshotNamePattern.test(given) || given.length > snapshotLimits.nameLength) {
    return problem("name", { max: snapshotLimits.nameLength });
  }
  return snapshots.some((each) => each.name === given) ? problem("name_taken", { name }) : null;
}

/** Also counts what is on its way, which the caller adds. */
export function countProblem(snapshots: readonly unknown[], onTheWay = 0): Problem {
  const limit = snapshotLimits.perVm;
  return snapshots.length + onTheWay >= limit ? problem("limit", { limit }) : null;
}

function diskProblem({ disks }: SnapshotVm): Problem {
  if (disks.length === 0) return problem("no_disk");
  const raw = disks.find((disk) => disk.format !== "qcow2");
  return raw ? problem("raw", { target: raw.target }) : null;
}

function mixProblem(snapshots: readonly SnapshotView[]): Problem {
  const kinds = new Set(snapshots.map((each) => each.storage));
  return kinds.has("mixed") || kinds.size > 1 ? problem("mixed") : null;
}

export interface RevertPlan {
  problem: Problem;
  storage: SnapshotStorage;
  /** Whether the guest runs afterwards. */
  runs: boolean;
  /** Whether a running guest is cut off, its memory with it. */
  cutsOff: boolean;
  /** Whether vCPUs and memory are others afterwards. */
  resizes: boolean;
  sizes: SnapshotView["sizes"] | null;
}

/** What a revert will do; `now` are the sizes of the VM's next boot. */
export function planRevert(set: SnapshotSet, name: string, now: SnapshotView["sizes"]): RevertPlan {
  const { vm, snapshots } = set;
  const to = snapshots.find((each) => each.name === name);
  const sizes = to?.sizes ?? null;
  return {
    storage: to?.storage ?? "mixed",
    runs: to?.content === "memory" ? to.state !== "off" : vm.running,
    cutsOff: vm.running,
    resizes:
      sizes !== null && (sizes.vcpus !== now.vcpus || sizes.maxMemoryKib !== now.maxMemoryKib),
    sizes,
    problem: to === undefined ? problem("unknown", { name }) : revertProblem(set, to),
  };
}

function revertProblem({ vm, snapshots }: SnapshotSet, to: SnapshotView): Problem {
  const wrong = stateProblem(vm);
  if (wrong !== null && vm.state !== "paused_io_error") return wrong;
  if (to.content === "memory" && to.hotAddedVcpus > 0) {
    return problem("hot_added", { name: to.name, count: to.hotAddedVcpus });
  }
  const mixed = mixProblem(snapshots);
  if (mixed !== null) return mixed;
  return to.sameDisks ? null : problem("disks_changed", { name: to.name });
}

/**
 * How one snapshot goes: from inside the disks; by merging the file on top of it into its own; or,
 * where nothing lies on top, with its own files.
 */
export type DeleteHow = "internal" | "merge" | "drop";

export interface DeletePlan {
  problem: Problem;
  /** In this order, youngest first. */
  steps: { name: string; how: DeleteHow }[];
}

/** What deleting a snapshot will do, alone or with all that grew out of it. */
export function planDelete(set: SnapshotSet, name: string, children: boolean): DeletePlan {
  const { vm, snapshots } = set;
  const target = snapshots.find((each) => each.name === name);
  const refused = (reason: SnapshotReason): DeletePlan => ({
    problem: problem(reason, { name }),
    steps: [],
  });
  if (target === undefined) return refused("unknown");
  const wrong = stateProblem(vm);
  if (wrong !== null) return { problem: wrong, steps: [] };
  const mixed = mixProblem(snapshots);
  if (mixed !== null) return { problem: mixed, steps: [] };
  const part = children ? withDescendants(snapshots, name) : [target];
  if (target.storage === "internal") {
    if (vm.running && part.some((each) => !each.sameDisks)) return refused("disks_changed");
    return {
      problem: null,
      steps: part.toReversed().map((each) => ({ name: each.name, how: "internal" })),
    };
  }
  const current = snapshots.find((each) => each.current)?.name;
  const line = new Set(
    current === undefined ? [] : withAncestors(snapshots, current).map((each) => each.name),
  );
  if (!children) {
    const below = childrenOf(snapshots, name);
    if (below.length + (name === current ? 1 : 0) > 1) return refused("branches");
    if (below.length === 1 && !line.has(name)) return refused("other_branch");
  }
  // Other branches go first, so that on the VM's own line nothing else lies on what is merged.
  const how = (each: SnapshotView): DeleteHow => (line.has(each.name) ? "merge" : "drop");
  const youngestFirst = part.toReversed();
  const steps = [
    ...youngestFirst.filter((each) => how(each) === "drop"),
    ...youngestFirst.filter((each) => how(each) === "merge"),
  ];
  return { problem: null, steps: steps.map((each) => ({ name: each.name, how: how(each) })) };
}
