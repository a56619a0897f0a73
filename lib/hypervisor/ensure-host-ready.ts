import { linkOf } from "./link";
import { ensureNatNetwork } from "./ready-network";
import { ensurePools } from "./ready-pools";
import type { Host } from "./types";

/**
 * Makes sure of what Portico needs on a host: the pools `portico-images`, `portico-disks` and
 * `portico-backups`, and on a system host the NAT network `default`; all defined, active and started
 * with the host. What is there already is left as it is. Everything is tried; the first failure is
 * thrown at the end.
 */
export async function ensureHostReady(host: Host): Promise<void> {
  const link = linkOf(host);
  const steps = [ensurePools(link)];
  // An ordinary user may not make bridges: guests of a session host use QEMU's own network.
  if (link.mode === "system") steps.push(ensureNatNetwork(link));
  const results = await Promise.allSettled(steps);
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
