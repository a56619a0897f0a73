import type { RecordedSegment } from "@/lib/model/recording";

/** What counts as a change that one jumps to: thousandths of the screen. */
const notable = 30;
/** Changes that follow each other within this time are one. */
const sameChangeMs = 2_000;

/** When something notable began to change. */
export function changesOf(segments: readonly RecordedSegment[]): number[] {
  const times: number[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { updates } of segments) {
    for (const [atMs, , changed] of updates) {
      if (changed < notable) continue;
      if (atMs - lastMs > sameChangeMs) times.push(atMs);
      lastMs = atMs;
    }
  }
  return times;
}

/** How much changed along the recording, in so many pieces of the same length: 0 to 1. */
export function densityOf(
  segments: readonly RecordedSegment[],
  lengthMs: number,
  pieces: number,
): number[] {
  const sums = new Array<number>(pieces).fill(0);
  for (const { updates } of segments) {
    for (const [atMs, , changed] of updates) {
      const piece = Math.min(pieces - 1, Math.floor((atMs / Math.max(1, lengthMs)) * pieces));
      sums[piece] = (sums[piece] ?? 0) + changed;
    }
  }
  const most = Math.max(1, ...sums);
  // A cursor that blinks is to be seen beside a screen that changes whole.
  return sums.map((sum) => Math.sqrt(sum / most));
}

/** The segment that is on the screen at a time; 0 before the first. */
export function segmentAt(segments: readonly RecordedSegment[], atMs: number): number {
  let found = 0;
  for (const [position, { startMs }] of segments.entries()) if (startMs <= atMs) found = position;
  return found;
}

/** How many updates of a segment are on the screen at a time; the first always is. */
export function shownAt({ updates }: RecordedSegment, atMs: number): number {
  const later = updates.findIndex(([at]) => at > atMs);
  return Math.max(1, later === -1 ? updates.length : later);
}

/** When the next update comes; null when there is none. */
export function nextUpdateAfter(segments: readonly RecordedSegment[], atMs: number): number | null {
  for (const { endMs, updates } of segments) {
    if (endMs <= atMs) continue;
    const next = updates.find(([at]) => at > atMs);
    if (next !== undefined) return next[0];
  }
  return null;
}
