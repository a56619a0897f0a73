/** Enough for the compiler of our side to have settled. */
const WARM_UP_TURNS = 3;

/** The middle of the values; their order is not kept. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Milliseconds of each round. */
export async function timed(rounds: number, action: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
  }
  return times;
}

/**
 * Ours and the peer in turns, so that a noisy minute hits both; the medians of all their times
 * after a few turns to warm up.
 */
export async function inTurns(
  turns: number,
  ours: () => Promise<number[]>,
  peer: () => Promise<number[]>,
): Promise<{ ours: number; peer: number }> {
  for (let turn = 0; turn < WARM_UP_TURNS; turn++) {
    await ours();
    await peer();
  }
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    times.ours.push(...(await ours()));
    times.peer.push(...(await peer()));
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}
