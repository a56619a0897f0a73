import { deleteVolume } from "@/lib/hypervisor/volumes";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type DiskDeleteTask, diskDelete } from "../definitions/disk-delete";
import type { Step, TaskHandler } from "./handler";

/** Looks once more: an administrator may have given the volume to a domain since the request. */
const check: Step<DiskDeleteTask> = {
  async run({ hosts }, { diskId, hostId, pool, volume }) {
    requireHost(hosts, hostId);
    assertDiskFree(hosts, { id: diskId, hostId, pool, volume });
  },
  async undo({ db }, { diskId }) {
    const rows = await db.disk.updateManyAndReturn({
      where: { id: diskId },
      data: { state: "ready" },
      select: { projectId: true },
    });
    for (const { projectId } of rows) publish({ type: "disk", projectId });
  },
};

const volume: Step<DiskDeleteTask> = {
  async run({ hosts }, { hostId, pool, volume: name }) {
    await deleteVolume(requireHost(hosts, hostId), pool, name);
  },
};

const forget: Step<DiskDeleteTask> = {
  async run({ db }, { diskId }) {
    const disk = await db.disk.findUnique({ where: { id: diskId }, select: { projectId: true } });
    await db.disk.deleteMany({ where: { id: diskId, vmId: null } });
    if (disk) publish({ type: "disk", projectId: disk.projectId });
  },
};

export const diskDeleteHandler: TaskHandler<DiskDeleteTask> = {
  definition: diskDelete,
  steps: { check, volume, forget },
};
