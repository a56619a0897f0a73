/** The guest's whole memory is written, or files of any size are merged: it takes as long as it takes. */
export const SNAPSHOT_DEADLINE_MS = 30 * 60_000;
