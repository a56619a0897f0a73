import type { Db } from "@/lib/db/client";
import { hostUptime } from "@/lib/hypervisor/host-uptime";
import type { Host, Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { noticeBoot } from "./notice-boot";
import { startDue } from "./start-due";

export interface OrderDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock: () => Date;
  /** Seconds since a host has booted; what its libvirt tells unless told otherwise. */
  uptimeOf?: (host: Host) => Promise<number>;
}

/**
 * Looks at every host that is there and has VMs in a start order: notices a boot, and starts whose
 * turn it is. A host that fails does not keep the others from being looked at.
 */
export async function serveBoots(deps: OrderDeps): Promise<void> {
  const { db, hosts, log, clock, uptimeOf = hostUptime } = deps;
  for (const host of hosts.list()) {
    // Before its inventory is whole nobody knows what runs.
    if (host.connection !== "connected" || host.view().syncedAt === null) continue;
    if ((await db.startOrder.count({ where: { vm: { hostId: host.id } } })) === 0) continue;
    try {
      const uptimeSeconds = await uptimeOf(host);
      await noticeBoot(db, host, { now: clock(), uptimeSeconds });
      await startDue(db, host, clock());
    } catch (error) {
      log.error({ err: error, hostId: host.id }, "the start order could not be followed");
    }
  }
}
