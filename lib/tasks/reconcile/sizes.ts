import type { Db } from "@/lib/db/client";
import type { Host } from "@/lib/hypervisor/types";
import type { SizeRow } from "@/lib/model/quota";
import { once } from "@/lib/runtime/once";
import { publish } from "@/lib/services/live/bus";

/** Longer than a resize takes: its row is written before its call. */
const settleMs = 60_000;

interface Sighting {
  /** What the row said and what libvirt said, both at once. */
  key: string;
  since: number;
}

function sightings(): Map<string, Sighting> {
  return once("reconcile.sizes", () => new Map<string, Sighting>());
}

/**
 * Gives back what a resize had reserved whose portal died before it was done: where a row has
 * asked for more than libvirt has defined, and for a minute nothing has changed that, the row
 * follows libvirt. The ceiling of memory always does, so that what virsh changed counts rightly.
 */
export async function settleSizes(db: Db, host: Host, now: Date): Promise<void> {
  const rows = await db.vm.findMany({
    where: { hostId: host.id, lifecycle: "ready" },
    select: {
      id: true,
      projectId: true,
      uuid: true,
      vcpus: true,
      memoryKib: true,
      maxMemoryKib: true,
    },
  });
  const seen = sightings();
  for (const { id, projectId, uuid, ...row } of rows) {
    const live = host.inventory.get(uuid);
    if (live === null || live.stale) continue;
    const settled: SizeRow = {
      vcpus: Math.min(row.vcpus, live.next.vcpus),
      memoryKib: Math.min(row.memoryKib, live.next.memoryKib),
      maxMemoryKib: live.next.maxMemoryKib,
    };
    const key = JSON.stringify([row, settled]);
    if (!hasLasted(seen, id, key, JSON.stringify(row) === JSON.stringify(settled), now)) continue;
    const { count } = await db.vm.updateMany({ where: { id, ...row }, data: settled });
    if (count > 0) publish({ type: "vm", projectId, vmId: id });
  }
}

/** Whether the same difference has been there for long enough; forgets it when there is none. */
function hasLasted(
  seen: Map<string, Sighting>,
  id: string,
  key: string,
  same: boolean,
  now: Date,
): boolean {
  const before = seen.get(id);
  if (same) {
    seen.delete(id);
    return false;
  }
  const age = before?.key === key ? now.getTime() - before.since : -1;
  // Also when the clock went back: then it counts anew.
  if (age < 0) seen.set(id, { key, since: now.getTime() });
  if (age < settleMs) return false;
  seen.delete(id);
  return true;
}
