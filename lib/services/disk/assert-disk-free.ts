import type { Hosts } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import { diskInUse } from "./disk-in-use";

/** Throws `vm.bad_state` when any domain of the host has the volume, now or at its next start. */
export function assertDiskFree(
  hosts: Hosts,
  disk: { id: string; hostId: string; pool: string; volume: string },
): void {
  if (!diskInUse(hosts, disk)) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `disk ${disk.id} is in use on its host`,
    userMessage: { key: "disk.in_use" },
  });
}
