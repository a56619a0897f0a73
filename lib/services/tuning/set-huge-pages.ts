import { allocateHugePages, readHugePages } from "@/lib/hypervisor/tuning/huge-pages";
import { AppError, notFound } from "@/lib/model/errors";
import { type HostTuning, type HugePagesInput, poolProblem } from "@/lib/model/tuning";
import { audited } from "../audited";
import type { Context } from "../context";
import { findHost } from "./find-host";
import { tuningOf } from "./get-host-tuning";

/**
 * Makes a cell's pool of 2 MiB pages that large, until the host starts anew. What is in it is no
 * longer there for anything else. For administrators. Throws `not_found` without the cell,
 * `conflict.rule` when guests have more pages or the host has not the memory, `host.refused` when
 * the kernel found fewer, and `host.*` errors.
 */
export async function setHugePages(ctx: Context, input: HugePagesInput): Promise<HostTuning> {
  const { hostId, cell, pages } = input;
  const host = findHost(ctx, hostId, "host.tune");
  const entry: Parameters<typeof audited>[1] = {
    action: "host.set_huge_pages",
    targetType: "host",
    targetId: hostId,
    targetName: host.name,
    detail: { cell, pages },
  };
  await audited(ctx, entry, async () => {
    const pool = (await readHugePages(host)).find((each) => each.cell === cell);
    if (pool === undefined) throw notFound(`cell ${cell} of ${hostId}`);
    entry.detail = { cell, pages, before: pool.total };
    const problem = poolProblem(pool, pages, host.view().memoryFreeKib);
    if (problem !== null) {
      throw new AppError({
        code: "conflict.rule",
        message: `a pool of ${pages} pages is refused: ${problem.key}`,
        userMessage: problem,
      });
    }
    await allocateHugePages(host, cell, pages);
    const after = (await readHugePages(host)).find((each) => each.cell === cell);
    const got = after?.total ?? 0;
    if (got < pages) {
      throw new AppError({
        code: "host.refused",
        message: `the kernel found ${got} of ${pages} pages`,
        userMessage: { key: "tuning.fewer_pages", values: { got, pages } },
      });
    }
  });
  return tuningOf(host);
}
