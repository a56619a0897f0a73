/**
 * The tasks that may run as far as their targets go: of those about one object only the oldest,
 * so that nothing is started while it is still being made. `open` is oldest first.
 */
export function firstOfEachTarget<T extends { targetId: string | null }>(open: readonly T[]): T[] {
  const seen = new Set<string>();
  return open.filter(({ targetId }) => {
    if (targetId === null) return true;
    if (seen.has(targetId)) return false;
    seen.add(targetId);
    return true;
  });
}

/** How long until the first lease of other runners runs out; null when there is none. */
export function nextLeaseEndMs(
  held: readonly { leaseUntil: Date | null }[],
  now: Date,
): number | null {
  const ends = held.flatMap(({ leaseUntil }) =>
    leaseUntil === null ? [] : [leaseUntil.getTime() - now.getTime()],
  );
  return ends.length === 0 ? null : Math.max(10, Math.min(...ends) + 5);
}
