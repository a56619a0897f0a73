import { setImmediate } from "node:timers/promises";
import type { SourceFormat } from "@/lib/model/appliance";

/** A disk is read and written in pieces of this size. */
export const pieceBytes = 64 * 1024;

/** A disk of a VM's file as its guest sees it. Reading throws `input.invalid` where it is damaged. */
export interface SourceDisk {
  format: SourceFormat;
  capacityBytes: number;
  /** Numbers of the pieces that hold anything, rising. */
  pieces(): AsyncGenerator<number>;
  /** One piece, always whole: what lies beyond the end is zero. */
  read(piece: number): Promise<Uint8Array>;
}

/**
 * Numbers of the pieces that hold any of the units that a disk's tables list, by the tables. A small
 * file can list a unit millions of times: between tables others get their turn.
 */
export async function* piecesOfTables(disk: {
  capacityBytes: number;
  unitBytes: number;
  tables: number;
  /** Which units of a table hold anything, counted from the disk's first; rising. */
  unitsOf(table: number): Promise<Iterable<number>>;
}): AsyncGenerator<number> {
  const { capacityBytes, unitBytes } = disk;
  const last = Math.ceil(capacityBytes / pieceBytes);
  let next = 0;
  for (let table = 0; table < disk.tables; table++) {
    await setImmediate();
    for (const unit of await disk.unitsOf(table)) {
      const start = Math.floor((unit * unitBytes) / pieceBytes);
      const end = Math.min(last, Math.ceil(((unit + 1) * unitBytes) / pieceBytes));
      for (let piece = Math.max(start, next); piece < end; piece++) yield piece;
      next = Math.max(next, end);
    }
  }
}

/** Keeps the last few values of what is slow to get. */
export function lastFew<T>(
  count: number,
  get: (key: number) => Promise<T>,
): (key: number) => Promise<T> {
  const kept = new Map<number, T>();
  return async (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = await get(key);
    const [oldest] = kept.keys();
    if (kept.size >= count && oldest !== undefined) kept.delete(oldest);
    kept.set(key, value);
    return value;
  };
}
