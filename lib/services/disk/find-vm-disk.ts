import type { Db } from "@/lib/db/client";
import type { Disk } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";
import { AppError, notFound } from "@/lib/model/errors";

/**
 * The row of the VM's disk at `target`. Throws `not_found` when the VM has nothing there, and
 * `conflict.rule` for what is no disk of Portico's: a CD, or what somebody attached by virsh.
 */
export async function findVmDisk(
  db: Pick<Db, "disk">,
  vmId: string,
  live: LiveVm,
  target: string,
): Promise<Disk> {
  const drives = [...live.disks, ...live.nextDisks].filter((disk) => disk.target === target);
  const row = await db.disk.findFirst({ where: { vmId, target } });
  if (drives.length === 0 && row === null) throw notFound(`drive ${target} of ${vmId}`);
  const ours = drives.every((disk) => disk.device === "disk" && disk.volume === row?.volume);
  if (row !== null && drives.length > 0 && ours) return row;
  throw new AppError({
    code: "conflict.rule",
    message: `${target} of ${vmId} is no disk of Portico's`,
    userMessage: { key: "disk.not_ours", values: { target } },
  });
}
