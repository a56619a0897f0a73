const FIRST_MS = 250;
/** A local daemon that comes back is found within seconds; a far host is not hammered. */
const LONGEST_LOCAL_MS = 3_000;
const LONGEST_REMOTE_MS = 15_000;

/** Pause before the next attempt after `failures` in a row: doubling, capped, and never in step. */
export function backoffMs(failures: number, isLocal: boolean, random = Math.random): number {
  const longest = isLocal ? LONGEST_LOCAL_MS : LONGEST_REMOTE_MS;
  const full = Math.min(longest, FIRST_MS * 2 ** Math.min(failures, 16));
  return Math.round(full * (0.5 + random() / 2));
}
