import { detachDisk } from "@/lib/hypervisor/vm/detach-disk";
import { reattachDisk } from "@/lib/hypervisor/vm/reattach-disk";
import { deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { diskInUse } from "@/lib/services/disk/disk-in-use";
import { requireHost } from "@/lib/services/host/require-host";
import { type DiskDetachTask, diskDetach } from "../definitions/disk-detach";
import { assertNoSnapshots } from "./assert-no-snapshots";
import { tellOfDisk } from "./attach-step";
import { endChain } from "./end-chain";
import type { Step, StepContext, TaskHandler } from "./handler";

/** The row was marked by the request itself. */
const reserve: Step<DiskDetachTask> = {
  async run({ db }, { diskId }) {
    const there = await db.disk.count({ where: { id: diskId, state: "detaching" } });
    if (there === 0) throw notFound(`disk ${diskId}`);
  },
  // Whose it is now is what libvirt says, and not how far the task came.
  async undo(context, input) {
    const { db, hosts } = context;
    const host = requireHost(hosts, input.hostId);
    await host.inventory.refresh(input.uuid);
    if (diskInUse(hosts, input)) {
      await db.disk.updateMany({
        where: { id: input.diskId, state: "detaching" },
        data: { state: "ready" },
      });
      return tellOfDisk(input);
    }
    const there = (await readVolume(host, input.pool, input.volume)) !== null;
    await (there ? keep : forget)(context, input);
  },
};

const detach: Step<DiskDetachTask> = {
  async run(context, { hostId, uuid, target }) {
    const host = requireHost(context.hosts, hostId);
    await assertNoSnapshots(host, uuid);
    await endChain(context, { hostId, uuid }, "backup.full.disks");
    await detachDisk(host, uuid, target);
  },
  async undo({ hosts }, { hostId, uuid, target }) {
    await reattachDisk(requireHost(hosts, hostId), uuid, target);
  },
};

const volume: Step<DiskDetachTask> = {
  async run({ hosts }, { remove, hostId, pool, volume: name, diskId }) {
    if (!remove) return;
    assertDiskFree(hosts, { id: diskId, hostId, pool, volume: name });
    await deleteVolume(requireHost(hosts, hostId), pool, name);
  },
};

const record: Step<DiskDetachTask> = {
  run: (context, input) => (input.remove ? forget : keep)(context, input),
};

/** It is the project's from now on, and goes on counting. */
async function keep({ db, clock }: StepContext, input: DiskDetachTask): Promise<void> {
  await db.disk.updateMany({
    where: { id: input.diskId, state: "detaching" },
    data: { state: "ready", vmId: null, keptFrom: input.vmName, keptAt: clock() },
  });
  tellOfDisk(input);
}

async function forget({ db }: StepContext, input: DiskDetachTask): Promise<void> {
  await db.disk.deleteMany({ where: { id: input.diskId, state: "detaching" } });
  tellOfDisk(input);
}

export const diskDetachHandler: TaskHandler<DiskDetachTask> = {
  definition: diskDetach,
  steps: { reserve, detach, volume, record },
};
