import type { VmView } from "@/lib/model/vm";
import type { VmState } from "@/lib/model/vm-state";

export const sortKeys = ["name", "state", "cpu", "memory", "created"] as const;
export type SortKey = (typeof sortKeys)[number];

export const vmKinds = ["vm", "template"] as const;
export type VmKind = (typeof vmKinds)[number];

export interface ListQuery {
  text: string;
  state: VmState | null;
  tag: string | null;
  kind: VmKind | null;
  sort: SortKey;
  descending: boolean;
}

export const firstQuery: ListQuery = {
  text: "",
  state: null,
  tag: null,
  kind: null,
  sort: "name",
  descending: false,
};

/** What needs a person's eye comes first. */
const stateRank: Record<VmState, number> = {
  paused_io_error: 0,
  crashed: 1,
  missing: 2,
  unknown: 3,
  creating: 4,
  deleting: 5,
  shutting_down: 6,
  running: 7,
  paused: 8,
  suspended: 9,
  saved: 10,
  off: 11,
};

function compareBy(key: SortKey, collator: Intl.Collator): (a: VmView, b: VmView) => number {
  switch (key) {
    case "name":
      return (a, b) => collator.compare(a.name, b.name);
    case "state":
      return (a, b) => stateRank[a.state] - stateRank[b.state];
    case "cpu":
      return (a, b) => (a.cpuPercent ?? -1) - (b.cpuPercent ?? -1);
    case "memory":
      return (a, b) => a.live.memoryKib - b.live.memoryKib;
    case "created":
      return (a, b) => a.createdAt.localeCompare(b.createdAt);
  }
}

/** The VMs that a query shows, in its order; equal ones by name, so that rows do not jump. */
export function queryVms(vms: readonly VmView[], query: ListQuery, locale: string): VmView[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const text = query.text.trim().toLowerCase();
  const compare = compareBy(query.sort, collator);
  const sign = query.descending ? -1 : 1;
  return vms
    .filter((vm) => query.state === null || vm.state === query.state)
    .filter((vm) => query.kind === null || vm.template === (query.kind === "template"))
    .filter((vm) => query.tag === null || vm.tags.includes(query.tag))
    .filter(
      (vm) =>
        text === "" ||
        vm.name.toLowerCase().includes(text) ||
        vm.addresses.some((address) => address.includes(text)) ||
        vm.tags.some((tag) => tag.includes(text)),
    )
    .sort((a, b) => sign * compare(a, b) || collator.compare(a.name, b.name));
}

/** The query as part of the page's address; empty for the first one. */
export function queryToSearch(query: ListQuery): string {
  const search = new URLSearchParams();
  if (query.text.trim()) search.set("q", query.text.trim());
  if (query.state) search.set("state", query.state);
  if (query.tag) search.set("tag", query.tag);
  if (query.kind) search.set("kind", query.kind);
  if (query.sort !== firstQuery.sort || query.descending) {
    search.set("sort", `${query.descending ? "-" : ""}${query.sort}`);
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** Reads what `queryToSearch` wrote; anything else means the first query. */
export function queryFromSearch(
  search: { get(name: string): string | null },
  states: readonly VmState[],
): ListQuery {
  const sort = search.get("sort") ?? firstQuery.sort;
  const key = sortKeys.find((each) => each === sort.replace(/^-/, ""));
  return {
    text: search.get("q") ?? "",
    state: states.find((each) => each === search.get("state")) ?? null,
    tag: search.get("tag") || null,
    kind: vmKinds.find((each) => each === search.get("kind")) ?? null,
    sort: key ?? firstQuery.sort,
    descending: key !== undefined && sort.startsWith("-"),
  };
}
