import { diskSize, growDisk } from "@/lib/hypervisor/vm/grow-disk";
import { notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { type DiskGrowTask, diskGrow } from "../definitions/disk-grow";
import { tellOfDisk } from "./attach-step";
import { endChain } from "./end-chain";
import type { Step, StepContext, TaskHandler } from "./handler";

/** The row was marked, and counts with its new size, by the request itself. */
const reserve: Step<DiskGrowTask> = {
  async run({ db }, { diskId, vmId }) {
    const there = await db.disk.count({ where: { id: diskId, vmId, state: "growing" } });
    if (there === 0) throw notFound(`disk ${diskId}`);
  },
  // It counts with what it has: more than before when the call that failed had done its work.
  undo: settle,
};

const resize: Step<DiskGrowTask> = {
  async look({ hosts }, input) {
    const { hostId, uuid, toBytes } = input;
    return (await diskSize(requireHost(hosts, hostId), uuid, input)) >= toBytes;
  },
  async run(context, input) {
    const { hosts } = context;
    const { hostId, uuid, toBytes } = input;
    // A crash leaves marks with which a file at rest does not grow.
    if (requireHost(hosts, hostId).inventory.get(uuid)?.bootId === null) {
      await endChain(context, input, "backup.full.grown");
    }
    await growDisk(requireHost(hosts, hostId), uuid, input, toBytes);
  },
};

const record: Step<DiskGrowTask> = { run: settle };

/** Writes down the size that libvirt tells. */
async function settle({ db, hosts }: StepContext, input: DiskGrowTask): Promise<void> {
  const { hostId, uuid, diskId } = input;
  const capacityBytes = BigInt(await diskSize(requireHost(hosts, hostId), uuid, input));
  await db.disk.updateMany({
    where: { id: diskId, state: "growing" },
    data: { state: "ready", capacityBytes },
  });
  tellOfDisk(input);
}

export const diskGrowHandler: TaskHandler<DiskGrowTask> = {
  definition: diskGrow,
  steps: { reserve, resize, record },
};
