import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { createVolume, readVolume } from "@/lib/hypervisor/volumes";
import { AppError, notFound } from "@/lib/model/errors";
import type { VmCloneTask } from "../definitions/vm-clone";

type CloneDisk = VmCloneTask["disks"][number];

/** Makes files that lie on those of a template and hold what will differ: nothing yet. */
export async function layOnTop(host: Host, disks: readonly CloneDisk[]): Promise<void> {
  for (const { pool, from, to, capacityBytes } of disks) {
    const base = await readVolume(host, pool, from.volume);
    if (base === null) throw notFound(`volume ${from.volume}`);
    const backing = { path: base.path, format: from.format };
    const spec = { pool, name: to.volume, format: to.format, capacityBytes, backing };
    await createVolume(host, spec);
  }
}

/**
 * That a new file lies on the template's, which nobody has written to meanwhile. Throws
 * `conflict.rule` when it is not so.
 */
export async function verifyLinked(host: Host, live: LiveVm, disk: CloneDisk): Promise<void> {
  const { pool, from, to, capacityBytes, before } = disk;
  const base = await readVolumeFacts(host, { pool, volume: from.volume, path: null });
  const made = await readVolumeFacts(host, { pool, volume: to.volume, path: null });
  const untouched = live.bootId === null && base.changedAt === before?.changedAt;
  const lies = made.backing?.path === base.path && made.backing?.format === from.format;
  if (untouched && lies && made.capacityBytes === capacityBytes) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${to.volume} does not lie on ${from.volume} as it was`,
    userMessage: { key: untouched ? "volume.not_verified" : "volume.changed" },
  });
}
