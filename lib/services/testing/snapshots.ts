import type { LiveDisk, LiveSnapshot, LiveVm } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";

/** The system disk of a VM, as its host reports it. */
export function liveDisk(live: Pick<LiveVm, "domainName">, data: Partial<LiveDisk> = {}): LiveDisk {
  return {
    target: "vda",
    bus: "virtio",
    device: "disk",
    format: "qcow2",
    pool: "portico-disks",
    volume: `${live.domainName}-0.qcow2`,
    path: null,
    capacityBytes: 1024 ** 3,
    allocationBytes: 1024 ** 2,
    bootOrder: 1,
    limits: noDiskLimits,
    settings: newDiskSettings,
    ...data,
  };
}

/** A snapshot inside the disks of a VM, with memory, as its host reports it. */
export function liveSnapshot(
  live: LiveVm,
  name: string,
  data: Partial<LiveSnapshot> = {},
): LiveSnapshot {
  const { target, format, pool, volume, path } = liveDisk(live);
  return {
    name,
    description: null,
    createdAt: "2030-01-01T00:00:00.000Z",
    parent: null,
    current: true,
    state: "running",
    content: "memory",
    storage: "internal",
    sizeBytes: null,
    sizes: live.next,
    hotAddedVcpus: 0,
    disks: [{ target, format, pool, volume, path, overlay: null }],
    media: [],
    ...data,
  };
}

/** The VM with a disk and these snapshots, each grown out of the one before. */
export function withSnapshots(live: LiveVm, names: readonly string[]): LiveVm {
  const disks = [liveDisk(live)];
  const snapshots = names.map((name, index) =>
    liveSnapshot(live, name, {
      parent: names[index - 1] ?? null,
      current: index === names.length - 1,
    }),
  );
  return { ...live, disks, nextDisks: disks, snapshots };
}
