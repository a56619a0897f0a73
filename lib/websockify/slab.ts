import { headerRoom } from "./encode";

/**
 * What one read may bring. Large reads are the biggest saving in CPU per byte, as long as this
 * buffer and the slab it is copied to stay in a core's own cache together.
 */
export const largeReadBytes = 128 * 1024;
/** Read size while many browsers lag behind, so that what each pins stays small. */
const smallReadBytes = 16 * 1024;
/** Above this much waiting for browsers in the whole process, reads become small. */
const pinnedBudgetBytes = 16 * 1024 * 1024;
const kept = 16;

/**
 * One read buffer for all connections: libuv reads and calls back synchronously, so nobody else
 * can write into it before the callback has copied what it needs.
 */
const largeRead = Buffer.allocUnsafeSlow(largeReadBytes);
const smallRead = largeRead.subarray(0, smallReadBytes);

const slabSizes = [smallReadBytes, 48 * 1024, largeReadBytes].map((size) => size + headerRoom);
const free: Buffer[][] = slabSizes.map(() => []);
let pinnedBytes = 0;

/** The buffer for the next read of any connection. */
export function readBuffer(): Buffer {
  return pinnedBytes > pinnedBudgetBytes ? smallRead : largeRead;
}

/** A buffer with room for a frame header and `length` bytes of payload after it. */
export function takeSlab(length: number): Buffer {
  const size = slabSizes.findIndex((each) => each >= length + headerRoom);
  const slab = free[size]?.pop() ?? Buffer.allocUnsafeSlow(slabSizes[size] ?? length + headerRoom);
  pinnedBytes += slab.length;
  return slab;
}

/** Gives a slab back. `reusable` false: something may still read from it, the collector decides. */
export function giveSlab(slab: Buffer, reusable = true): void {
  pinnedBytes -= slab.length;
  const list = free[slabSizes.indexOf(slab.length)];
  if (reusable && list !== undefined && list.length < kept) list.push(slab);
}

/** Bytes of slabs that wait for a browser now, in the whole process. */
export function pinnedSlabBytes(): number {
  return pinnedBytes;
}
