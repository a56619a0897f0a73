/** What the rule needs of a VM's backup. */
export interface KeptBackup {
  id: string;
  createdAt: Date;
  state: string;
  verdict: string | null;
  scheduled: boolean;
  baseId: string | null;
}

const dayMs = 24 * 3_600_000;

/**
 * Which backups of one VM have had their time: those that its schedule made and that neither rule
 * keeps any longer, in an order in which they can be deleted. Never the newest whole one, never one
 * that another one builds on that stays, and none that a person made.
 */
export function surplusBackups(
  backups: readonly KeptBackup[],
  rules: { keepLast: number | null; keepDays: number | null },
  now: Date,
): string[] {
  const { keepLast, keepDays } = rules;
  if (keepLast === null && keepDays === null) return [];
  const newestFirst = [...backups].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const isGood = (each: KeptBackup) => each.state === "ready" && each.verdict !== "damaged";
  const newestGood = newestFirst.find(isGood);
  const oldest = keepDays === null ? Number.POSITIVE_INFINITY : now.getTime() - keepDays * dayMs;
  let goodOnes = 0;
  const kept = new Set<string>();
  const surplus: string[] = [];
  for (const each of newestFirst) {
    const isKept =
      !each.scheduled ||
      each.state !== "ready" ||
      each === newestGood ||
      each.createdAt.getTime() > oldest ||
      (keepLast !== null && goodOnes < keepLast) ||
      kept.has(each.id);
    if (each.scheduled && isGood(each)) goodOnes++;
    if (!isKept) surplus.push(each.id);
    else if (each.baseId !== null) kept.add(each.baseId);
  }
  return surplus;
}
