import type { MemoryView } from "@/lib/model/guest/memory";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { readDefinitions } from "../vm/read-definition";
import { readBalloonPeriod, readMemoryFigures } from "./memory-figures";

/** Longer than a person waits for a page, shorter than he waits for nothing. */
const MEMORY_DEADLINE_MS = 8_000;
/** As many as libvirt has tags of. */
const MAX_STATS = 32;

/**
 * What the balloon of a running guest tells. Throws `not_found`, `vm.bad_state` when it is off by
 * now, and `host.*` errors.
 */
export async function readMemory(
  host: Host,
  uuid: string,
): Promise<Omit<MemoryView, "vmId" | "commands">> {
  const { live } = await readDefinitions(host, uuid);
  const dom = await domainRefOf(host, uuid);
  const asked = { dom, maxStats: MAX_STATS, flags: 0 };
  const options = { deadlineMs: MEMORY_DEADLINE_MS };
  const { stats } = await linkOf(host).call("domainMemoryStats", asked, options);
  const period = live === null ? null : readBalloonPeriod(live.root);
  const read = readMemoryFigures(stats);
  return { ...read, balloon: stateOf(period, read.toldAt), periodSeconds: period ?? 0 };
}

function stateOf(period: number | null, toldAt: string | null): MemoryView["balloon"] {
  if (period === null) return "none";
  // Figures of before somebody turned it off are old, and are said to be by their age.
  if (toldAt !== null) return "told";
  return period === 0 ? "not_asked" : "silent";
}
