import { memoryLimitMib } from "./headroom";
import { kibToMib, mibToKib } from "./units";

/** Places for memory modules; each grows the memory of a running guest once. */
export const moduleSlots = 16;
/** Linux takes memory into use in blocks of this size, and of the larger one on large machines. */
const blockKib = mibToKib(128);
const largeBlockKib = mibToKib(2048);
const largeFromKib = mibToKib(65_536);

/** What a definition leaves room for, in modules. */
export interface ModuleRoom {
  /** All of its memory together never gets above this. */
  limitKib: number;
  freeSlots: number;
}

/** Of what runs (null when off, and without places) and of the next start. */
export interface ModuleRooms {
  now: ModuleRoom | null;
  next: ModuleRoom | null;
}

export const noModuleRooms: ModuleRooms = { now: null, next: null };

/**
 * How far modules may lead on a host, in KiB: to all that it gives one VM. Null where memory with
 * that ceiling has nowhere to go.
 */
export function modulesLimitOn(host: { memoryKib: number }, ceilingKib: number): number | null {
  const limitKib = mibToKib(memoryLimitMib(host.memoryKib));
  return limitKib > ceilingKib ? limitKib : null;
}

/**
 * The module that lifts the ceiling of a running guest to `askedKib`, in KiB: rounded up to whole
 * blocks, for less than one the guest could not use. Null where there is no place or no room.
 */
export function moduleFor(
  askedKib: number,
  ceilingKib: number,
  room: ModuleRoom | null,
): number | null {
  if (room === null || room.freeSlots < 1 || askedKib <= ceilingKib) return null;
  const block = blockOf(ceilingKib);
  const sizeKib = Math.ceil((askedKib - ceilingKib) / block) * block;
  return ceilingKib + sizeKib <= room.limitKib ? sizeKib : null;
}

/** Whether memory lies under its ceiling by no more than the rounding of a module. */
export function isRounding(memoryKib: number, ceilingKib: number): boolean {
  return memoryKib <= ceilingKib && ceilingKib - memoryKib < blockOf(memoryKib);
}

/** The last figure that modules can lead to, in whole MiB. */
export function moduleLimitMib(ceilingKib: number, room: ModuleRoom): number {
  const block = blockOf(ceilingKib);
  const blocks = Math.max(0, Math.floor((room.limitKib - ceilingKib) / block));
  return kibToMib(ceilingKib + blocks * block);
}

function blockOf(ceilingKib: number): number {
  return ceilingKib < largeFromKib ? blockKib : largeBlockKib;
}
