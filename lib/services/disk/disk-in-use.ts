import type { Hosts } from "@/lib/hypervisor/types";

/**
 * Whether any domain of the host has the volume, now or at its next start: also one that Portico
 * did not make, for an administrator may have given it the disk.
 */
export function diskInUse(
  hosts: Hosts,
  disk: { hostId: string; pool: string; volume: string },
): boolean {
  const domains = hosts.get(disk.hostId)?.inventory.list() ?? [];
  return domains.some((domain) =>
    [...domain.disks, ...domain.nextDisks].some(
      (each) => each.pool === disk.pool && each.volume === disk.volume,
    ),
  );
}
