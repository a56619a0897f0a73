import { basename, dirname } from "node:path";
import type { VmSizes } from "@/lib/model/vm";
import { screenOf } from "../console";
import type { LiveDisk, LiveSnapshot, LiveVm, Place } from "../types";
import type { DomainFacts } from "./read-domain";
import type { SnapshotReading } from "./snapshots";
import { type CpuReading, cpuPercent, type DomainStats } from "./stats";

/** What the inventory keeps of one domain; `toLiveVm` is the view of it. */
export interface DomainRecord {
  facts: DomainFacts;
  stats: DomainStats | null;
  cpu: CpuReading | null;
  cpuPercent: number | null;
  /** Sizes of disks by target, from statistics while it runs and from its volumes otherwise. */
  diskSizes: DomainStats["disks"];
  /** Addresses that the guest agent told; leases are kept with the networks. */
  agentAddresses: string[];
  /** It did not answer in time: all this is what was known last. */
  stale: boolean;
}

/** A record for freshly read facts; figures of the same run of the guest are kept. */
export function withFacts(before: DomainRecord | undefined, facts: DomainFacts): DomainRecord {
  const sameRun = before !== undefined && before.facts.bootId === facts.bootId;
  const running = facts.live !== null;
  return {
    facts,
    // The definition is newer than earlier statistics where both tell the same.
    stats: sameRun && running && before.stats !== null ? withoutSizes(before.stats) : null,
    cpu: sameRun && running ? before.cpu : null,
    cpuPercent: sameRun && running ? before.cpuPercent : null,
    diskSizes: before?.diskSizes ?? new Map(),
    agentAddresses: sameRun && facts.live?.agentConnected ? before.agentAddresses : [],
    stale: sameRun && before.stale,
  };
}

function withoutSizes(stats: DomainStats): DomainStats {
  return { ...stats, vcpus: null, memoryKib: null };
}

/** The record after a reading of its statistics at `atNs` of the monotonic clock. */
export function withStats(record: DomainRecord, stats: DomainStats, atNs: bigint): DomainRecord {
  const { cpuTimeNs } = stats;
  const cpu = cpuTimeNs === null ? null : { cpuTimeNs, atNs };
  const vcpus = stats.vcpus ?? record.facts.live?.sizes.vcpus ?? 1;
  const share = cpu && record.cpu ? cpuPercent(record.cpu, cpu, vcpus) : record.cpuPercent;
  return {
    ...record,
    stats,
    cpu,
    cpuPercent: record.facts.live === null ? null : share,
    diskSizes: stats.disks.size > 0 ? stats.disks : record.diskSizes,
  };
}

/** What a VM is shown with that is not its own. */
export interface Surroundings {
  /** Addresses by MAC. */
  leases: ReadonlyMap<string, readonly string[]>;
  /** Names of pools by their folder. */
  poolOf: ReadonlyMap<string, string>;
}

/** What everybody else sees. */
export function toLiveVm(
  hostId: string,
  record: DomainRecord,
  { leases, poolOf }: Surroundings,
): LiveVm {
  const { facts, stats } = record;
  const shown = facts.live ?? facts.next;
  const { nics } = shown;
  const placed = (disk: LiveDisk) => sized(inPool(disk, poolOf), record.diskSizes);
  const leased = facts.live === null ? [] : nics.flatMap((nic) => leases.get(nic.mac) ?? []);
  return {
    uuid: facts.ref.uuid,
    domainName: facts.ref.name,
    hostId,
    vmId: facts.next.owner?.vmId ?? null,
    projectId: facts.next.owner?.projectId ?? null,
    title: facts.next.title,
    state: facts.state,
    stateReason: facts.stateReason,
    bootId: facts.bootId,
    persistent: facts.persistent,
    autostart: facts.autostart,
    virtType: shown.virtType,
    firmware: shown.firmware,
    machine: shown.machine,
    live: facts.live === null ? facts.next.sizes : liveSizes(facts.live.sizes, stats),
    next: facts.next.sizes,
    modules: { now: facts.live?.moduleRoom ?? null, next: facts.next.moduleRoom },
    differs: facts.differs,
    cpuPercent: record.cpuPercent,
    memoryUsedKib: facts.live === null ? null : (stats?.memoryUsedKib ?? null),
    disks: shown.disks.map(placed),
    nextDisks: facts.next.disks.map(placed),
    nics,
    nextNics: facts.next.nics,
    freePorts: facts.live?.freePorts ?? null,
    boot: facts.next.boot,
    addresses: [...new Set([...leased, ...record.agentAddresses])].sort(),
    agentConnected: facts.live?.agentConnected ?? false,
    screen: screenOf(shown.consoles),
    cpu: { now: facts.live?.cpu ?? null, next: facts.next.cpu },
    pins: { now: facts.live?.pins ?? null, next: facts.next.pins },
    recovery: { now: facts.live?.recovery ?? null, next: facts.next.recovery },
    clipboard: {
      now: facts.live?.clipboard.on ?? null,
      next: facts.next.clipboard.on,
      agent: facts.live?.clipboard.agent ?? false,
    },
    video: { now: facts.live?.video ?? null, next: facts.next.video },
    hotAddedVcpus: facts.live?.hotAddedVcpus ?? 0,
    snapshots: facts.snapshots.all.map((each) =>
      toLiveSnapshot(each, each.name === facts.snapshots.current, poolOf),
    ),
    stale: record.stale,
  };
}

function toLiveSnapshot(
  { digest: _ours, disks, media, overlays, ...snapshot }: SnapshotReading,
  current: boolean,
  poolOf: Surroundings["poolOf"],
): LiveSnapshot {
  const placeOf = (disk: Place): Place => {
    const { pool, volume, path } = inPool(disk, poolOf);
    return { pool, volume, path };
  };
  return {
    ...snapshot,
    current,
    disks: disks.map((disk) => {
      const file = overlays[disk.target];
      const overlay = file === undefined ? null : placeOf({ pool: null, volume: null, path: file });
      return { ...placeOf(disk), target: disk.target, format: disk.format, overlay };
    }),
    media: media.map(placeOf),
  };
}

/** Statistics are newer than the definition: the balloon moves without any event of libvirt's. */
function liveSizes(sizes: VmSizes, stats: DomainStats | null): VmSizes {
  return {
    ...sizes,
    vcpus: stats?.vcpus ?? sizes.vcpus,
    memoryKib: stats?.memoryKib ?? sizes.memoryKib,
  };
}

/** virsh names a medium by its file; when that lies in a pool, it is one of the pool's volumes. */
function inPool<T extends Place>(disk: T, poolOf: Surroundings["poolOf"]): T {
  if (disk.volume !== null || disk.path === null) return disk;
  const pool = poolOf.get(dirname(disk.path));
  return pool === undefined ? disk : { ...disk, pool, volume: basename(disk.path) };
}

function sized(disk: LiveDisk, sizes: DomainStats["disks"]): LiveDisk {
  const size = sizes.get(disk.target);
  if (size === undefined || (disk.volume === null && disk.path === null)) return disk;
  return { ...disk, ...size };
}
