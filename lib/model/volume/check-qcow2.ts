import type { ReadAt } from "./guest-view";
import { readQcow2Header } from "./qcow2-header";

/** What a look through a qcow2 file's tables found, as `qemu-img check` counts it. */
export interface QcowCheck {
  /** Clusters that are used more often than is written down, or lie where none can. */
  corruptions: number;
  /** Clusters that are written down as used and are not: room that is lost, and no data. */
  leaks: number;
  /** Clusters that hold what the guest wrote. */
  dataClusters: number;
}

/** Files of more clusters are not looked through: 1 TiB of clusters of 64 KiB. */
const maxClusters = 16 * 1024 ** 2;
const maxTableBytes = 4 * 1024 ** 2;
const entryBytes = 8;
const parallel = 4;
const offsetMask = 0x00ff_ffff_ffff_fe00n;
const compressedBit = 1n << 62n;
/** Says that a cluster is used exactly once, so that it may be written to in place. */
const onceBit = 1n << 63n;
const sectorBytes = 512;

/**
 * Looks through the tables of a qcow2 file that nobody writes to, and compares how often each
 * cluster is used with how often the file says so. Null when the file is of a kind that this does
 * not know (snapshots inside, bitmaps, extended entries, another data file) or is too large.
 */
export async function checkQcow2(
  head: Uint8Array,
  fileBytes: number,
  read: ReadAt,
): Promise<QcowCheck | null> {
  const header = readQcow2Header(head);
  if (header === null || header.snapshots > 0 || header.encryption === "luks") return null;
  if (header.extendedL2 || header.externalData || header.unknownFeatures) return null;
  const bytes = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (header.version === 3 && bytes.getBigUint64(88) !== 0n) return null;
  const { clusterBytes, refcountBits } = header;
  const uses = new Uses(fileBytes, clusterBytes);
  const tables = {
    first: { at: Number(bytes.getBigUint64(40)), length: bytes.getUint32(36) * entryBytes },
    counts: { at: Number(bytes.getBigUint64(48)), length: bytes.getUint32(56) * clusterBytes },
  };
  const lengths = [tables.first.length, tables.counts.length];
  if (uses.clusters > maxClusters || lengths.some((length) => length > maxTableBytes)) return null;

  uses.take(0, clusterBytes);
  for (const { at, length } of Object.values(tables)) uses.take(at, length);
  const first = await read(tables.first.at, tables.first.length);
  await eachTable(first, uses, read, (entry) => useOf(entry, uses));
  const counts = await read(tables.counts.at, tables.counts.length);
  const perBlock = (clusterBytes * 8) / refcountBits;
  const blocks = offsetsOf(counts);
  for (const { at } of blocks) uses.take(at, clusterBytes);
  const written = new Map<number, Uint8Array>();
  await inParallel(blocks, async ({ at, index }) => {
    written.set(index, await read(at, clusterBytes));
  });
  let [corruptions, leaks] = [uses.outside, 0];
  for (let cluster = 0; cluster < uses.clusters; cluster++) {
    const block = written.get(Math.floor(cluster / perBlock));
    const count = block ? countAt(block, cluster % perBlock, refcountBits) : 0;
    const used = uses.of(cluster);
    if (used > count) corruptions += 1;
    else if (used < count) leaks += 1;
    if (uses.isMarkedWrongly(cluster, count)) corruptions += 1;
  }
  return { corruptions, leaks, dataClusters: uses.data };
}

const mark = { none: 0, once: 1, shared: 2 } as const;

/** How often each cluster of the file is used. */
class Uses {
  readonly clusters: number;
  /** Uses of what is beyond the file, or begins in the middle of a cluster. */
  outside = 0;
  data = 0;
  private readonly counts: Uint16Array;
  /** What the entry that leads to a cluster says of it. */
  private readonly marks: Uint8Array;

  constructor(
    fileBytes: number,
    private readonly clusterBytes: number,
  ) {
    this.clusters = Math.min(maxClusters + 1, Math.ceil(fileBytes / clusterBytes));
    this.counts = new Uint16Array(this.clusters);
    this.marks = new Uint8Array(this.clusters);
  }

  of(cluster: number): number {
    return this.counts[cluster] ?? 0;
  }

  /** The one cluster that an entry leads to; with whether it can. */
  follow(entry: bigint): boolean {
    const at = Number(entry & offsetMask);
    if (!this.take(at, this.clusterBytes)) return false;
    this.marks[at / this.clusterBytes] = (entry & onceBit) === 0n ? mark.shared : mark.once;
    return true;
  }

  /** Whether the entry that leads to it calls it used once and the count does not, or contrariwise. */
  isMarkedWrongly(cluster: number, count: number): boolean {
    const marked = this.marks[cluster] ?? mark.none;
    return marked !== mark.none && (marked === mark.once) !== (count === 1);
  }

  /** Whole clusters from `at` on. */
  take(at: number, length: number): boolean {
    if (at % this.clusterBytes !== 0) {
      this.outside += 1;
      return false;
    }
    return this.touch(at, length);
  }

  /** Each cluster that the bytes lie in; compressed ones share it. */
  touch(at: number, length: number): boolean {
    const from = Math.floor(at / this.clusterBytes);
    const to = Math.ceil((at + length) / this.clusterBytes);
    if (to > this.clusters) {
      this.outside += 1;
      return false;
    }
    for (let cluster = from; cluster < to; cluster++) {
      const count = this.of(cluster);
      if (count < 0xffff) this.counts[cluster] = count + 1;
    }
    return true;
  }

  get bytesPerCluster(): number {
    return this.clusterBytes;
  }
}

/** What one entry of a second table uses. */
function useOf(entry: bigint, uses: Uses): void {
  if ((entry & compressedBit) !== 0n) {
    // The offset takes fewer bits the larger a cluster is: above it stands a count of sectors.
    const shift = BigInt(62 - (Math.log2(uses.bytesPerCluster) - 8));
    const at = Number(entry & ((1n << shift) - 1n));
    const sectors = Number((entry >> shift) & ((1n << (62n - shift)) - 1n)) + 1;
    const length = sectors * sectorBytes - (at % sectorBytes);
    if (uses.touch(at, length)) uses.data += 1;
    return;
  }
  if ((entry & offsetMask) !== 0n && uses.follow(entry)) uses.data += 1;
}

async function eachTable(
  first: Uint8Array,
  uses: Uses,
  read: ReadAt,
  onEntry: (entry: bigint) => void,
): Promise<void> {
  const there = offsetsOf(first).filter(({ entry }) => uses.follow(entry));
  await inParallel(there, async ({ at }) => {
    const table = await read(at, uses.bytesPerCluster);
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    for (let place = 0; place + entryBytes <= table.length; place += entryBytes) {
      onEntry(view.getBigUint64(place));
    }
  });
}

function offsetsOf(table: Uint8Array): { entry: bigint; at: number; index: number }[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return Array.from({ length: Math.floor(table.length / entryBytes) }, (_, index) => {
    const entry = view.getBigUint64(index * entryBytes);
    return { entry, at: Number(entry & offsetMask), index };
  }).filter(({ at }) => at !== 0);
}

/** Counts are packed from the low bits on where they take less than a byte. */
function countAt(block: Uint8Array, index: number, bits: number): number {
  if (bits < 8) {
    const byte = block[Math.floor((index * bits) / 8)] ?? 0;
    return (byte >> ((index * bits) % 8)) & (2 ** bits - 1);
  }
  let count = 0;
  const size = bits / 8;
  for (let at = index * size; at < (index + 1) * size; at++) count = count * 256 + (block[at] ?? 0);
  return count;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += parallel) {
    await Promise.all(items.slice(start, start + parallel).map(work));
  }
}
