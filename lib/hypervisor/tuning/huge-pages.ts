import { type CellPages, HUGE_PAGE_KIB } from "@/lib/model/tuning";
import { linkOf } from "../link";
import type { Host } from "../types";
import { readHostTopology } from "../xml/host-topology";
import { attribute, childrenOf, find, textOf, wholeNumber } from "../xml/query";
import { parseXml } from "../xml/tree";

/** A daemon whose cache of QEMU's abilities is stale asks QEMU anew, which takes its time. */
const CAPABILITIES_DEADLINE_MS = 60_000;
/** The kernel moves other memory away to find whole pages. */
const ALLOC_DEADLINE_MS = 60_000;
/** virNodeAllocPagesFlags: the number is that of the pool, not of what is added. */
const SET = 1;

/** Every cell of a host with its pool of 2 MiB pages. Throws `host.*` errors. */
export async function readHugePages(host: Host): Promise<CellPages[]> {
  const link = linkOf(host);
  const options = { deadlineMs: CAPABILITIES_DEADLINE_MS };
  const { capabilities } = await link.call("connectGetCapabilities", {}, options);
  const totals = totalsOf(capabilities);
  const cells: CellPages[] = [];
  for (const { cell, memoryKib, cores } of readHostTopology(capabilities)) {
    const { counts } = await link.call("nodeGetFreePages", {
      pages: [HUGE_PAGE_KIB],
      startCell: cell,
      cellCount: 1,
      flags: 0,
    });
    const cpus = cores.flatMap((core) => core.cpus).sort((a, b) => a - b);
    const free = Number(counts[0] ?? 0n);
    cells.push({ cell, memoryKib, cpus, total: Math.max(free, totals.get(cell) ?? 0), free });
  }
  return cells;
}

function totalsOf(capabilities: string): Map<number, number> {
  const cells = childrenOf(find(parseXml(capabilities), "host/topology/cells"), "cell");
  return new Map(
    cells.map((cell, index) => {
      const pool = childrenOf(cell, "pages").find(
        (pages) => attribute(pages, "size") === String(HUGE_PAGE_KIB),
      );
      return [wholeNumber(attribute(cell, "id")) ?? index, wholeNumber(textOf(pool ?? null)) ?? 0];
    }),
  );
}

/** Makes the pool of a cell that large, or as large as the kernel can: the caller looks again. */
export async function allocateHugePages(host: Host, cell: number, pages: number): Promise<void> {
  await linkOf(host).call(
    "nodeAllocPages",
    {
      pageSizes: [HUGE_PAGE_KIB],
      pageCounts: [BigInt(pages)],
      startCell: cell,
      cellCount: 1,
      flags: SET,
    },
    { deadlineMs: ALLOC_DEADLINE_MS },
  );
}
