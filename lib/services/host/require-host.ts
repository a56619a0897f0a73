import type { Host, Hosts } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { PoolView } from "@/lib/model/host";

/** The host, connected; throws `host.unreachable`, before anything is done, when it is not. */
export function requireHost(hosts: Hosts, hostId: string): Host {
  const host = hosts.get(hostId);
  if (host?.connection === "connected") return host;
  throw new AppError({
    code: "host.unreachable",
    message: `host ${hostId} is ${host?.connection ?? "not known"}`,
  });
}

/**
 * The host's active pool for disks, images or backups. Throws `host.refused` when it has none: the doctor says how to mend that.
 */
export function requirePool(host: Host, role: Exclude<PoolView["role"], "other">) {
  const pool = host.inventory.pools().find((each) => each.role === role && each.active);
  if (pool) return pool;
  throw new AppError({
    code: "host.refused",
    message: `host ${host.id} has no active pool for ${role}`,
    userMessage: { key: `host.no_pool_${role}` },
  });
}
