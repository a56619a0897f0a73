/** A picture is asked for again after that long at the earliest. */
export const renewMs = 10_000;

/**
 * The VM whose picture is to be asked for now: of those in sight the one that has none yet, or else
 * the one that was asked longest ago; null while all of them are new enough.
 */
export function nextPicture(
  inSight: readonly string[],
  askedAt: ReadonlyMap<string, number>,
  now: number,
): string | null {
  const oldest = inSight.reduce<{ id: string; at: number } | null>((found, id) => {
    const at = askedAt.get(id) ?? Number.NEGATIVE_INFINITY;
    return found === null || at < found.at ? { id, at } : found;
  }, null);
  return oldest !== null && now - oldest.at >= renewMs ? oldest.id : null;
}
