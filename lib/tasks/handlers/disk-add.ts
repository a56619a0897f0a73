import { createVolume, deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import { type DiskAddTask, diskAdd } from "../definitions/disk-add";
import { attachStep, tellOfDisk } from "./attach-step";
import type { Step, TaskHandler } from "./handler";

/** The row was written by the request itself and counts; only its undoing is left to the task. */
const reserve: Step<DiskAddTask> = {
  async run({ db }, { diskId, vmId }) {
    const there = await db.disk.count({ where: { id: diskId, vmId } });
    if (there === 0) throw notFound(`disk ${diskId}`);
  },
  async undo({ db, hosts }, input) {
    // What a guest still has goes on counting, and has a row.
    assertDiskFree(hosts, { ...input, id: input.diskId });
    await db.disk.deleteMany({ where: { id: input.diskId, vmId: input.vmId } });
    tellOfDisk(input);
  },
};

const volume: Step<DiskAddTask> = {
  async look({ hosts }, { hostId, pool, volume: name }) {
    return (await readVolume(requireHost(hosts, hostId), pool, name)) !== null;
  },
  async run({ hosts }, { hostId, pool, volume: name, format, capacityBytes }) {
    await createVolume(requireHost(hosts, hostId), { pool, name, format, capacityBytes });
  },
  async undo({ hosts }, { hostId, pool, volume: name, diskId, uuid }) {
    const host = requireHost(hosts, hostId);
    // A call that seemed to fail may have done its work.
    await host.inventory.refresh(uuid);
    assertDiskFree(hosts, { id: diskId, hostId, pool, volume: name });
    await deleteVolume(host, pool, name);
  },
};

export const diskAddHandler: TaskHandler<DiskAddTask> = {
  definition: diskAdd,
  steps: { reserve, volume, attach: attachStep },
};
