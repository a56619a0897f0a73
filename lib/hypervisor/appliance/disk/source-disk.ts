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
