export const KIB_PER_MIB = 1024;
export const KIB_PER_GIB = 1024 * 1024;
export const BYTES_PER_MIB = 1024 ** 2;
export const BYTES_PER_GIB = 1024 ** 3;

/** Whole MiB to KiB, libvirt's unit of memory. */
export function mibToKib(memoryMib: number): number {
  return memoryMib * KIB_PER_MIB;
}

/** KiB to MiB, rounded down. */
export function kibToMib(memoryKib: number): number {
  return Math.floor(memoryKib / KIB_PER_MIB);
}

/** Whole MiB to bytes. */
export function bytesOfMib(sizeMib: number): number {
  return sizeMib * BYTES_PER_MIB;
}

/** Whole GiB to bytes, libvirt's unit of volume capacity. */
export function gibToBytes(sizeGib: number): number {
  return sizeGib * BYTES_PER_GIB;
}
