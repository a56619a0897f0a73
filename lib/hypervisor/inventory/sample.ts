import type { Connection } from "@/lib/libvirt";
import type { DomainRef } from "./read-domain";
import { type DomainStats, readStats, STATS } from "./stats";

/** Leave out what a locked domain cannot tell at once, instead of waiting for it. */
const NOWAIT = 0x2000_0000;
const PAGE = 500;
const SAMPLE_DEADLINE_MS = 8_000;

export interface Sample {
  uuid: string;
  stats: DomainStats;
  atNs: bigint;
}

/**
 * Statistics of the given domains, in pages so that an answer stays far below the largest message
 * of the protocol. With `disks` the sizes of block devices too. Rejects with a LibvirtError.
 */
export async function sampleDomains(
  connection: Connection,
  doms: readonly DomainRef[],
  options: { disks: boolean },
): Promise<Sample[]> {
  const basic = STATS.state | STATS.cpu | STATS.balloon | STATS.vcpu;
  const stats = options.disks ? basic | STATS.block : basic;
  const samples: Sample[] = [];
  for (let start = 0; start < doms.length; start += PAGE) {
    const page = doms.slice(start, start + PAGE);
    const { retStats } = await connection.call(
      "connectGetAllDomainStats",
      { doms: page, stats, flags: NOWAIT },
      { deadlineMs: SAMPLE_DEADLINE_MS },
    );
    const atNs = process.hrtime.bigint();
    for (const { dom, params } of retStats) {
      samples.push({ uuid: dom.uuid, stats: readStats(params), atNs });
    }
  }
  return samples;
}
