import type { Host } from "@/lib/hypervisor/types";
import { attachDisk } from "@/lib/hypervisor/vm/attach-disk";
import { createVolume, deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { AppError, notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type DiskAddTask, diskAdd } from "../definitions/disk-add";
import type { Step, StepContext, TaskHandler } from "./handler";

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
    tell(input);
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

const attach: Step<DiskAddTask> = {
  look: isAttached,
  async run(context, input) {
    const { hostId, uuid, pool, volume: name, format, target, diskId } = input;
    const host = requireHost(context.hosts, hostId);
    await assertNoSnapshots(host, uuid);
    await attachDisk(host, uuid, { pool, volume: name, format, target, serial: diskId });
    tell(input);
  },
};

/** One may have been taken since the request. */
async function assertNoSnapshots(host: Host, uuid: string): Promise<void> {
  const live = await host.inventory.refresh(uuid);
  if ((live?.snapshots.length ?? 0) === 0) return;
  throw new AppError({
    code: "conflict.rule",
    message: `domain ${uuid} has snapshots`,
    userMessage: { key: "disk.has_snapshots" },
  });
}

async function isAttached(
  { hosts }: StepContext,
  { hostId, uuid, volume: name }: DiskAddTask,
): Promise<boolean> {
  const live = await requireHost(hosts, hostId).inventory.refresh(uuid);
  if (live === null) throw notFound(`domain ${uuid}`);
  const now = live.bootId === null ? [] : [live.disks];
  return [...now, live.nextDisks].every((disks) => disks.some((disk) => disk.volume === name));
}

function tell({ projectId, vmId }: DiskAddTask): void {
  publish({ type: "vm", projectId, vmId });
  publish({ type: "disk", projectId });
}

export const diskAddHandler: TaskHandler<DiskAddTask> = {
  definition: diskAdd,
  steps: { reserve, volume, attach },
};
