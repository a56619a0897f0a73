import type { Firmware, VmSizes } from "./vm";
import type { VmState } from "./vm-state";

export const snapshotLimits = { perVm: 32, nameLength: 60, descriptionLength: 500 } as const;

/**
 * libvirt's own name of the snapshot. It begins with a letter: QEMU takes a bare number for the
 * position of a snapshot inside a disk. It becomes a file's name, too.
 */
export const snapshotNamePattern = /^\p{L}[\p{L}\p{N}._-]*$/u;

export const snapshotStates = ["running", "paused", "off", "other"] as const;
export const snapshotContents = ["memory", "disk"] as const;
/**
 * Where it is kept: inside the disks, or as files below the disks that are used now. `mixed` is
 * neither or both: what only virsh makes.
 */
export const snapshotStorages = ["internal", "external", "mixed"] as const;
export type SnapshotStorage = (typeof snapshotStorages)[number];

/** A disk as it was: the volume that holds its content of that time. */
export interface SnapshotDisk {
  target: string;
  /** Null for what lies in no pool. */
  pool: string | null;
  volume: string | null;
}

export interface SnapshotView {
  name: string;
  description: string | null;
  /** ISO 8601. */
  createdAt: string;
  parent: string | null;
  /** Whether the VM's state now grew out of this one. */
  current: boolean;
  /** What the guest did when it was taken. */
  state: (typeof snapshotStates)[number];
  content: (typeof snapshotContents)[number];
  storage: SnapshotStorage;
  /** What its files take; null for one inside the disks, where nobody can tell. */
  sizeBytes: number | null;
  /** Of the definition that a revert brings back. */
  sizes: VmSizes;
  /** vCPUs that had been added while the guest ran: with memory it cannot be reverted to. */
  hotAddedVcpus: number;
  /** Whether the VM still has the disks that it had. */
  sameDisks: boolean;
  disks: SnapshotDisk[];
}

/** A VM as far as its snapshots are concerned. */
export interface SnapshotVm {
  domainName: string;
  state: VmState;
  /** Whether QEMU runs. */
  running: boolean;
  firmware: Firmware;
  agentConnected: boolean;
  hotAddedVcpus: number;
  /** Its shared clipboard keeps its memory from being written. */
  clipboardHoldsMemory: boolean;
  disks: (SnapshotDisk & { format: string | null })[];
}

/** Everything that plans are made of. */
export interface SnapshotSet {
  vm: SnapshotVm;
  /** Parents before their children, else by age. */
  snapshots: SnapshotView[];
}
