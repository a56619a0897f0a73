import type { Hosts } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

/**
 * Throws `vm.bad_state` when any domain of the host has the volume, now or at its next start:
 * also one that Portico did not make, for an administrator may have given it the disk.
 */
export function assertDiskFree(
  hosts: Hosts,
  disk: { id: string; hostId: string; pool: string; volume: string },
): void {
  const domains = hosts.get(disk.hostId)?.inventory.list() ?? [];
  const used = domains.some((domain) =>
    [...domain.disks, ...domain.nextDisks].some(
      (each) => each.pool === disk.pool && each.volume === disk.volume,
    ),
  );
  if (!used) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `disk ${disk.id} is in use on its host`,
    userMessage: { key: "disk.in_use" },
  });
}
