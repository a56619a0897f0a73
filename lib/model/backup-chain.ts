import type { UserMessage } from "./errors";

/** The backup that another one could build on. */
export interface ChainBase {
  backupId: string;
  /** libvirt's checkpoint of that moment. */
  checkpoint: string;
  /** Why nothing can build on it any more; null while something can. */
  chainEnd: string | null;
  disks: readonly { target: string; capacityBytes: number; volume: string }[];
}

/** How a VM stands now that is to be backed up. */
export interface ChainVm {
  running: boolean;
  snapshots: number;
  disks: readonly { target: string; format: string | null; capacityBytes: number }[];
  /** Names of the checkpoints that libvirt has of it. */
  checkpoints: readonly string[];
}

/** Why no checkpoint can be taken with a backup, for a later one to build on; null when it can. */
export function markProblem(vm: Omit<ChainVm, "checkpoints">): UserMessage | null {
  if (!vm.running) return { key: "backup.full.off" };
  if (vm.snapshots > 0) return { key: "backup.full.snapshots" };
  const raw = vm.disks.find((disk) => disk.format !== "qcow2");
  return raw === undefined ? null : { key: "backup.full.raw", values: { disk: raw.target } };
}

/** Why a backup cannot hold only what has changed since `base`; null when it can. */
export function incrementProblem(vm: ChainVm, base: ChainBase | null): UserMessage | null {
  const problem = markProblem(vm);
  if (problem !== null) return problem;
  if (base === null) return { key: "backup.full.first" };
  if (base.chainEnd !== null) return { key: base.chainEnd };
  const names = (disks: readonly { target: string }[]) =>
    disks
      .map((disk) => disk.target)
      .sort()
      .join();
  if (names(base.disks) !== names(vm.disks)) return { key: "backup.full.disks" };
  const grown = vm.disks.find(
    (disk) =>
      base.disks.find((each) => each.target === disk.target)?.capacityBytes !== disk.capacityBytes,
  );
  if (grown !== undefined) return { key: "backup.full.resized", values: { disk: grown.target } };
  if (!vm.checkpoints.includes(base.checkpoint)) return { key: "backup.full.checkpoint" };
  return null;
}

/** A backup and those that it builds on, itself first; ends where one is not there. */
export function chainOf<T extends { id: string; baseId: string | null }>(
  backups: readonly T[],
  id: string,
): T[] {
  const chain: T[] = [];
  let next: string | null = id;
  while (next !== null) {
    const link = backups.find((each) => each.id === next);
    // A row that names itself, or one before it, would never end.
    if (link === undefined || chain.includes(link)) break;
    chain.push(link);
    next = link.baseId;
  }
  return chain;
}
