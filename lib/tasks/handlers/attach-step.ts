import { attachDisk } from "@/lib/hypervisor/vm/attach-disk";
import { detachDisk } from "@/lib/hypervisor/vm/detach-disk";
import { notFound } from "@/lib/model/errors";
import type { DiskFormat } from "@/lib/model/vm";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { assertNoSnapshots } from "./assert-no-snapshots";
import type { Step, StepContext } from "./handler";

interface AttachedDisk {
  vmId: string;
  projectId: string;
  hostId: string;
  uuid: string;
  diskId: string;
  pool: string;
  volume: string;
  format: DiskFormat;
  target: string;
}

/** Gives a VM a disk that lies in a volume, now and at every start; undone, it has it nowhere. */
export const attachStep: Step<AttachedDisk> = {
  look: isAttached,
  async run(context, input) {
    const { hostId, uuid, pool, volume, format, target, diskId } = input;
    const host = requireHost(context.hosts, hostId);
    await assertNoSnapshots(host, uuid);
    await attachDisk(host, uuid, { pool, volume, format, target, serial: diskId });
    tellOfDisk(input);
  },
  async undo({ hosts }, { hostId, uuid, volume, target }) {
    const host = requireHost(hosts, hostId);
    // A call that seemed to fail may have done half of its work.
    const live = await host.inventory.refresh(uuid);
    const there = [...(live?.disks ?? []), ...(live?.nextDisks ?? [])];
    if (!there.some((disk) => disk.target === target && disk.volume === volume)) return;
    await detachDisk(host, uuid, target);
  },
};

async function isAttached(
  { hosts }: StepContext,
  { hostId, uuid, volume }: AttachedDisk,
): Promise<boolean> {
  const live = await requireHost(hosts, hostId).inventory.refresh(uuid);
  if (live === null) throw notFound(`domain ${uuid}`);
  const now = live.bootId === null ? [] : [live.disks];
  return [...now, live.nextDisks].every((disks) => disks.some((disk) => disk.volume === volume));
}

/** That a VM's disks, and with them those of its project, are others. */
export function tellOfDisk({ projectId, vmId }: { projectId: string; vmId: string }): void {
  publish({ type: "vm", projectId, vmId });
  publish({ type: "disk", projectId });
}
