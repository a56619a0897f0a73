import type { MemoryFigure, MemoryView } from "@/lib/model/guest/memory";
import { attribute, find, wholeNumber } from "../xml/query";
import type { XmlElement } from "../xml/tree";

/** virDomainMemoryStatTags. Sizes are KiB. */
const tags: Record<MemoryFigure, number> = {
  swapInKib: 0,
  swapOutKib: 1,
  majorFaults: 2,
  minorFaults: 3,
  unusedKib: 4,
  availableKib: 5,
  actualKib: 6,
  residentKib: 7,
  usableKib: 8,
  diskCachesKib: 10,
};
/** Seconds since 1970. */
const LAST_UPDATE = 9;

/** Reads the answer of virDomainMemoryStats; what has no place in a number is taken for absent. */
export function readMemoryFigures(
  stats: readonly { tag: number; val: bigint }[],
): Pick<MemoryView, "figures" | "toldAt"> {
  const of = (tag: number) => {
    const found = stats.find((each) => each.tag === tag);
    return found !== undefined && found.val <= Number.MAX_SAFE_INTEGER ? Number(found.val) : null;
  };
  const names = Object.keys(tags) as MemoryFigure[];
  const figures = Object.fromEntries(names.map((name) => [name, of(tags[name])]));
  const told = new Date(1000 * (of(LAST_UPDATE) ?? 0));
  const never = told.getTime() === 0 || Number.isNaN(told.getTime());
  return {
    figures: figures as MemoryView["figures"],
    toldAt: never ? null : told.toISOString(),
  };
}

/** How often QEMU asks the balloon of a live definition, in seconds; null when it has none. */
export function readBalloonPeriod(root: XmlElement): number | null {
  const balloon = find(root, "devices/memballoon");
  if (balloon === null || attribute(balloon, "model") === "none") return null;
  return wholeNumber(attribute(find(balloon, "stats"), "period")) ?? 0;
}
