import type { DiskFormat } from "../vm";
import { readQcow2Header } from "./qcow2-header";

/** Bytes of a file: fewer than asked at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** A disk's file as its guest sees it. */
export interface GuestView {
  capacityBytes: number;
  /** Bytes at a place of the disk, within one cluster; null where they cannot be had plainly. */
  read(offset: number, length: number): Promise<Uint8Array | null>;
  /** Some places that hold data, spread over the disk; null when the file does not tell. */
  places(count: number): Promise<number[] | null>;
}

/** Offsets in a table's entry: the low nine bits and the top eight are flags. */
const offsetMask = 0x00ff_ffff_ffff_fe00n;
const compressedBit = 1n << 62n;
const zeroBit = 1n;
const entryBytes = 8;
/** As much of the first table is looked through: 4 TiB of a disk with clusters of 64 KiB. */
const maxTableBytes = 64 * 1024;

/** A raw file is what the guest sees. */
export function rawView(capacityBytes: number, read: ReadAt): GuestView {
  return {
    capacityBytes,
    read: async (offset, length) => filled(await read(offset, length), length),
    places: async () => null,
  };
}

/**
 * A qcow2 file by its two tables. Null for one with a file below, with encryption, or otherwise not
 * plain. No entry leads anywhere but into the same file.
 */
export function qcow2View(head: Uint8Array, read: ReadAt): GuestView | null {
  const header = readQcow2Header(head);
  if (header === null || header.backing !== null || header.encryption !== null) return null;
  if (header.externalData || header.extendedL2 || header.unknownFeatures) return null;
  const { clusterBytes, virtualBytes } = header;
  const bytes = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const tableAt = Number(bytes.getBigUint64(40));
  const perTable = clusterBytes / entryBytes;
  const entryAt = async (table: number, index: number): Promise<bigint> => {
    const entry = await read(table + index * entryBytes, entryBytes);
    return entry.length < entryBytes ? 0n : viewOf(entry).getBigUint64(0);
  };
  return {
    capacityBytes: virtualBytes,
    async read(offset, length) {
      const cluster = Math.floor(offset / clusterBytes);
      const second = Number((await entryAt(tableAt, Math.floor(cluster / perTable))) & offsetMask);
      if (second === 0) return new Uint8Array(length);
      const entry = await entryAt(second, cluster % perTable);
      if ((entry & compressedBit) !== 0n) return null;
      const at = Number(entry & offsetMask);
      if (at === 0 || (entry & zeroBit) !== 0n) return new Uint8Array(length);
      return filled(await read(at + (offset % clusterBytes), length), length);
    },
    async places(count) {
      const tables = Math.ceil(virtualBytes / clusterBytes / perTable);
      const first = await read(tableAt, Math.min(maxTableBytes, tables * entryBytes));
      const found: number[] = [];
      for (const at of spread(usedEntries(first), count)) {
        const second = await read(Number(entryOf(first, at) & offsetMask), clusterBytes);
        for (const index of spread(usedEntries(second), 2)) {
          found.push((at * perTable + index) * clusterBytes);
        }
      }
      return found.filter((place) => place < virtualBytes);
    },
  };
}

/** The view of a file by the format that its VM takes it for; null where there is none. */
export function guestView(
  format: DiskFormat,
  capacityBytes: number,
  head: Uint8Array,
  read: ReadAt,
): GuestView | null {
  return format === "raw" ? rawView(capacityBytes, read) : qcow2View(head, read);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function entryOf(table: Uint8Array, index: number): bigint {
  return viewOf(table).getBigUint64(index * entryBytes);
}

function usedEntries(table: Uint8Array): number[] {
  const used: number[] = [];
  for (let index = 0; (index + 1) * entryBytes <= table.length; index++) {
    if ((entryOf(table, index) & offsetMask) !== 0n) used.push(index);
  }
  return used;
}

/** At most `count` of the values, first and last among them. */
function spread(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  const step = (values.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, place) => values[Math.round(place * step)] ?? 0);
}

/** Beyond the end of a file there are zeros. */
function filled(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, length));
  return whole;
}
