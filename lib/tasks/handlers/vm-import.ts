import { Readable } from "node:stream";
import { buildQcow2, type Qcow2File } from "@/lib/hypervisor/appliance/disk/build-qcow2";
import { openDisk } from "@/lib/hypervisor/appliance/disk/open-disk";
import { partOf } from "@/lib/hypervisor/appliance/part-of";
import { deleteVolume, uploadVolume } from "@/lib/hypervisor/volumes";
import { assertPoolFits } from "@/lib/model/host-fit";
import type { ByteSource } from "@/lib/model/iso/bytes";
import { requireHost, requirePool } from "@/lib/services/host/require-host";
import { forgetAppliance } from "@/lib/services/image/forget-appliance";
import { partPath, withByteSource } from "@/lib/services/image/part-file";
import { type VmImportTask, vmImport } from "../definitions/vm-import";
import type { Step, StepContext, TaskHandler } from "./handler";
import { assertReserved, forgetReserved, handOver, takeBack } from "./new-vm";
import { defineNew, startNew } from "./new-vm-steps";

const newVm = ({ vmId, spec }: VmImportTask) => ({ vmId, projectId: spec.projectId });

const reserve: Step<VmImportTask> = {
  run: (context, { vmId }) => assertReserved(context, vmId),
  undo: (context, input) => forgetReserved(context, newVm(input)),
};

/**
 * Each disk is read where it lies in the uploaded file and sent to the host as a fresh one, by
 * libvirt: also to a host that is elsewhere. What was cut off begins again.
 */
const disks: Step<VmImportTask> = {
  async run(context, input) {
    const path = partPath(context.uploadsDir, input.imageId);
    await withByteSource(path, (source) => sendAll(context, input, source));
  },
  async undo({ hosts }, { hostId, disks: made }) {
    const host = requireHost(hosts, hostId);
    for (const { to } of made) await deleteVolume(host, to.pool, to.volume);
  },
};

async function sendAll(
  context: StepContext,
  input: VmImportTask,
  source: ByteSource,
): Promise<void> {
  const { signal, progress } = context;
  const host = requireHost(context.hosts, input.hostId);
  const made: Qcow2File[] = [];
  for (const { from } of input.disks) {
    const disk = await openDisk(partOf(source, from));
    if (disk.format !== from.format || disk.capacityBytes !== from.capacityBytes) {
      throw new Error(`a disk of image ${input.imageId} is not what it was`);
    }
    made.push(await buildQcow2(disk, signal));
  }
  const total = made.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  // What they hold has to fit at once; that they may grow was asked before.
  assertPoolFits({ format: "raw", capacityBytes: total }, requirePool(host, "disks"));
  let sent = 0;
  for (const [index, file] of made.entries()) {
    const to = input.disks[index]?.to;
    if (to === undefined) continue;
    await uploadVolume(
      host,
      { pool: to.pool, name: to.volume, sizeBytes: file.sizeBytes },
      Readable.from(file.bytes(signal), { objectMode: true, highWaterMark: 16 }),
      (bytes) => progress(Math.min(99, (100 * (sent + bytes)) / total)),
      signal,
    );
    sent += file.sizeBytes;
  }
}

const finish: Step<VmImportTask> = {
  run: (context, input) => handOver(context, newVm(input)),
  undo: (context, input) => takeBack(context, newVm(input)),
};

/** The last: from here on the VM is there, and needs the file no more. */
const source: Step<VmImportTask> = {
  async run({ db, taskId, uploadsDir }, { imageId, keep }) {
    if (!keep) await forgetAppliance(db, { imageId, taskId }, uploadsDir);
  },
};

export const vmImportHandler: TaskHandler<VmImportTask> = {
  definition: vmImport,
  steps: { reserve, disks, define: defineNew, start: startNew, finish, source },
};
