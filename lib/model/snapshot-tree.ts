import type { SnapshotView } from "./snapshot";

type Node = Pick<SnapshotView, "name" | "parent">;

/** A snapshot with how deep it lies; one whose parent is gone is a root. */
export type Placed<T> = T & { depth: number };

/**
 * The snapshots in the order of a tree, each after its parent, siblings as given. Every one is in
 * it exactly once, whatever the parents say: a ring is cut where it was entered first.
 */
export function treeOf<T extends Node>(snapshots: readonly T[]): Placed<T>[] {
  const names = new Set(snapshots.map((each) => each.name));
  const isRoot = ({ name, parent }: T) => parent === null || parent === name || !names.has(parent);
  const placed: Placed<T>[] = [];
  const seen = new Set<string>();
  const place = (snapshot: T, depth: number) => {
    if (seen.has(snapshot.name)) return;
    seen.add(snapshot.name);
    placed.push({ ...snapshot, depth });
    for (const child of childrenOf(snapshots, snapshot.name)) place(child, depth + 1);
  };
  for (const root of snapshots.filter(isRoot)) place(root, 0);
  for (const lost of snapshots) place(lost, 0);
  return placed;
}

export function childrenOf<T extends Node>(snapshots: readonly T[], name: string): T[] {
  return snapshots.filter((each) => each.parent === name && each.name !== name);
}

/** The snapshot and all that grew out of it, each after its parent. */
export function withDescendants<T extends Node>(snapshots: readonly T[], name: string): T[] {
  const found = snapshots.filter((each) => each.name === name);
  for (const parent of found) {
    const next = childrenOf(snapshots, parent.name);
    found.push(...next.filter((each) => !found.includes(each)));
  }
  return found;
}

/** The snapshot and those it grew out of, itself first. */
export function withAncestors<T extends Node>(snapshots: readonly T[], name: string): T[] {
  const byName = new Map(snapshots.map((each) => [each.name, each]));
  const line: T[] = [];
  let next = byName.get(name);
  while (next !== undefined && !line.includes(next)) {
    line.push(next);
    next = next.parent === null ? undefined : byName.get(next.parent);
  }
  return line;
}
