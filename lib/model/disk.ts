/** All but the first: a task is at work on it, and nothing else may begin. */
export const diskStates = [
  "ready",
  "growing",
  "making",
  "attaching",
  "detaching",
  "deleting",
] as const;
export type DiskState = (typeof diskStates)[number];

/** A disk of a project: of one of its VMs, or kept when that was deleted or gave it up. */
export interface DiskView {
  id: string;
  projectId: string;
  hostId: string;
  /** VM and place, for people: "web/vda". Two kept disks may have the same. */
  name: string;
  volume: string;
  format: string;
  capacityBytes: number;
  /** What it takes of its pool; null when its host cannot tell now. */
  allocationBytes: number | null;
  state: DiskState;
  /** Null for a kept one. */
  vm: { id: string; name: string } | null;
  /** Name of the VM that it was kept from, and since when; null while a VM has it. */
  keptFrom: string | null;
  keptAt: string | null;
}
