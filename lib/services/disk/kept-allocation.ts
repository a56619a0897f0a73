import { readVolume } from "@/lib/hypervisor/volumes";
import { once } from "@/lib/runtime/once";
import type { Context } from "../context";
import type { DiskRow } from "./find-disk";

/**
 * What a kept disk takes of its pool, in bytes; null while its host cannot tell. Nobody writes to
 * it, so the host is asked once in this process's life and not at every look at a list.
 */
export async function keptAllocation(
  { hosts, log }: Pick<Context, "hosts" | "log">,
  { id, hostId, pool, volume, keptAt }: DiskRow,
): Promise<number | null> {
  const known = once("disk.kept_allocation", () => new Map<string, number>());
  // A disk that gets a VM and is kept again is asked for again.
  const key = `${id}@${keptAt?.getTime()}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const host = hosts.get(hostId);
  if (host?.connection !== "connected") return null;
  try {
    const info = await readVolume(host, pool, volume);
    if (info === null) return null;
    known.set(key, info.allocationBytes);
    return info.allocationBytes;
  } catch (error) {
    log.warn({ err: error, volume }, "the size of a kept disk could not be read");
    return null;
  }
}
