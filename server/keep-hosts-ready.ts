import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import type { Host, Hosts } from "@/lib/hypervisor/types";
import { logger } from "@/lib/log";

/**
 * After every resync (the first connection, a restart of libvirtd) makes sure that the host has
 * its network and pools. What cannot be mended is logged; the doctor page says it to people.
 * Returns the function that stops it.
 */
export function keepHostsReady(hosts: Hosts): () => void {
  const busy = new Set<string>();
  const mend = async (host: Host): Promise<void> => {
    if (busy.has(host.id)) return;
    busy.add(host.id);
    try {
      await ensureHostReady(host);
    } catch (error) {
      logger().warn({ err: error, host: host.name }, "the host lacks its network or pools");
    } finally {
      busy.delete(host.id);
    }
  };
  for (const host of hosts.list()) {
    if (host.connection === "connected") void mend(host);
  }
  return hosts.onChange((host, change) => {
    if (change.type === "resync") void mend(host);
  });
}
