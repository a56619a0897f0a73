import { createVolume, deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { type VmCreateTask, vmCreate } from "../definitions/vm-create";
import type { Step, TaskHandler } from "./handler";
import { assertReserved, forgetReserved, handOver, takeBack } from "./new-vm";
import { defineNew, startNew } from "./new-vm-steps";

const newVm = ({ vmId, spec }: VmCreateTask) => ({ vmId, projectId: spec.projectId });

/** Rows are written by the request itself; only their undoing is left to the task. */
const reserve: Step<VmCreateTask> = {
  run: (context, { vmId }) => assertReserved(context, vmId),
  undo: (context, input) => forgetReserved(context, newVm(input)),
};

const volume: Step<VmCreateTask> = {
  async look({ hosts }, { hostId, spec, diskBytes }) {
    const volumes = await listVolumes(requireHost(hosts, hostId), spec.disk.pool);
    return volumes.some(
      (each) => each.name === spec.disk.volume && each.capacityBytes >= diskBytes,
    );
  },
  async run({ hosts }, { hostId, spec, diskBytes }) {
    const { pool, volume: name, format } = spec.disk;
    const host = requireHost(hosts, hostId);
    await createVolume(host, { pool, name, format, capacityBytes: diskBytes });
  },
  async undo({ hosts }, { hostId, spec }) {
    await deleteVolume(requireHost(hosts, hostId), spec.disk.pool, spec.disk.volume);
  },
};

const finish: Step<VmCreateTask> = {
  run: (context, input) => handOver(context, newVm(input)),
  undo: (context, input) => takeBack(context, newVm(input)),
};

export const vmCreateHandler: TaskHandler<VmCreateTask> = {
  definition: vmCreate,
  steps: { reserve, volume, define: defineNew, start: startNew, finish },
};
