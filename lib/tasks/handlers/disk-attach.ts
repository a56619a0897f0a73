import { notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { type DiskAttachTask, diskAttach } from "../definitions/disk-attach";
import { attachStep, tellOfDisk } from "./attach-step";
import type { Step, TaskHandler } from "./handler";

/** The row became the VM's by the request itself. */
const reserve: Step<DiskAttachTask> = {
  async run({ db, hosts }, { diskId, vmId, hostId, pool, volume }) {
    const there = await db.disk.count({ where: { id: diskId, vmId, state: "attaching" } });
    if (there === 0) throw notFound(`disk ${diskId}`);
    assertDiskFree(hosts, { id: diskId, hostId, pool, volume });
  },
  async undo({ db, hosts }, input) {
    const { diskId, hostId, pool, volume, kept } = input;
    // What a guest still has goes on being its VM's.
    assertDiskFree(hosts, { id: diskId, hostId, pool, volume });
    await db.disk.updateMany({
      where: { id: diskId, state: "attaching" },
      data: {
        state: "ready",
        vmId: null,
        target: kept.target,
        keptFrom: kept.from,
        keptAt: kept.at === null ? null : new Date(kept.at),
      },
    });
    tellOfDisk(input);
  },
};

const record: Step<DiskAttachTask> = {
  async run({ db }, input) {
    await db.disk.updateMany({
      where: { id: input.diskId, state: "attaching" },
      data: { state: "ready" },
    });
    tellOfDisk(input);
  },
};

export const diskAttachHandler: TaskHandler<DiskAttachTask> = {
  definition: diskAttach,
  steps: { reserve, attach: attachStep, record },
};
