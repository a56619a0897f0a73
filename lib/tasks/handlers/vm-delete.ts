import { dropCheckpoints } from "@/lib/hypervisor/backup/drop-checkpoints";
import { refreshPool } from "@/lib/hypervisor/snapshots/files";
import { isOverlayOf } from "@/lib/hypervisor/snapshots/overlay-name";
import type { Host } from "@/lib/hypervisor/types";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type VmDeleteTask, vmDelete } from "../definitions/vm-delete";
import type { Step, TaskHandler } from "./handler";
import { ensureOff } from "./vm-off";

/**
 * What is deleted cannot be brought back: undoing means that the VM is shown again and can be
 * deleted again. Every step takes "already gone" for success.
 */
const stop: Step<VmDeleteTask> = {
  async run({ hosts }, { hostId, uuid }) {
    await ensureOff(requireHost(hosts, hostId), uuid);
  },
  async undo({ db }, { vmId }) {
    const rows = await db.vm.updateManyAndReturn({
      where: { id: vmId },
      data: { lifecycle: "ready" },
      select: { projectId: true },
    });
    for (const { projectId } of rows) publish({ type: "vm", projectId, vmId });
  },
};

const undefine: Step<VmDeleteTask> = {
  async run({ hosts, log }, { hostId, uuid, keepDisks }) {
    const host = requireHost(hosts, hostId);
    if (keepDisks) {
      // Another VM could not go back to a snapshot of a disk that has them.
      await dropCheckpoints(host, uuid).catch((error: unknown) =>
        log.warn({ err: error, uuid }, "marks of backups stay in disks that are kept"),
      );
    }
    await undefineVm(host, uuid);
  },
};

const volumes: Step<VmDeleteTask> = {
  async run({ db, hosts }, { vmId, hostId, keepDisks }) {
    if (keepDisks) return;
    const host = requireHost(hosts, hostId);
    for (const disk of await db.disk.findMany({ where: { vmId } })) {
      await removeOverlays(host, disk);
      await deleteVolume(host, disk.pool, disk.volume);
    }
  },
};

/** What snapshots had laid on top: libvirt has forgotten it with the definition. */
async function removeOverlays(host: Host, disk: { pool: string; volume: string }): Promise<void> {
  await refreshPool(host, disk.pool);
  for (const { name } of await listVolumes(host, disk.pool)) {
    if (isOverlayOf(disk.volume, name)) await deleteVolume(host, disk.pool, name);
  }
}

const forget: Step<VmDeleteTask> = {
  async run({ db, clock }, { vmId, keepDisks }) {
    const select = { projectId: true, name: true } as const;
    const vm = await db.vm.findUnique({ where: { id: vmId }, select });
    if (!vm) return;
    const left = { where: { vmId } };
    await db.$transaction([
      keepDisks
        ? db.disk.updateMany({ ...left, data: { keptFrom: vm.name, keptAt: clock() } })
        : db.disk.deleteMany(left),
      // A kept disk's `vmId` goes to null with it.
      db.vm.deleteMany({ where: { id: vmId } }),
    ]);
    publish({ type: "vm.removed", projectId: vm.projectId, vmId });
  },
};

export const vmDeleteHandler: TaskHandler<VmDeleteTask> = {
  definition: vmDelete,
  steps: { stop, undefine, volumes, forget },
};
