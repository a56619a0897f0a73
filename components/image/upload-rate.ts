/** A reading of how much has gone out. */
export interface Reading {
  /** Milliseconds of a clock that never goes back. */
  atMs: number;
  sentBytes: number;
}

const WINDOW_MS = 8_000;
const SHORTEST_MS = 400;

/** Adds a reading and drops those too old to count; starts anew when the figure goes back. */
export function addReading(readings: readonly Reading[], next: Reading): Reading[] {
  const last = readings.at(-1);
  if (last && next.sentBytes < last.sentBytes) return [next];
  return [...readings.filter((each) => next.atMs - each.atMs <= WINDOW_MS), next];
}

/** Bytes per second over the readings; null while there are too few to tell. */
export function rateOf(readings: readonly Reading[]): number | null {
  const first = readings[0];
  const last = readings.at(-1);
  if (!first || !last || last.atMs - first.atMs < SHORTEST_MS) return null;
  return ((last.sentBytes - first.sentBytes) * 1000) / (last.atMs - first.atMs);
}

/** Whole seconds until all is sent; null when it cannot be told. */
export function secondsLeft(
  sizeBytes: number,
  sentBytes: number,
  bytesPerS: number | null,
): number | null {
  if (bytesPerS === null || bytesPerS <= 0) return null;
  return Math.ceil((sizeBytes - sentBytes) / bytesPerS);
}
