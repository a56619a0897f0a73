import { defineVm } from "@/lib/hypervisor/vm/define-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { createVolume, deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { type VmCreateTask, vmCreate } from "../definitions/vm-create";
import type { Step, TaskHandler } from "./handler";
import { assertReserved, forgetReserved, handOver, takeBack } from "./new-vm";
import { ensureOff } from "./vm-off";

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

const define: Step<VmCreateTask> = {
  async run({ hosts }, { hostId, spec }) {
    await defineVm(requireHost(hosts, hostId), spec);
  },
  async undo({ hosts }, { hostId, spec }) {
    await undefineVm(requireHost(hosts, hostId), spec.uuid);
  },
};

const start: Step<VmCreateTask> = {
  async look({ hosts }, { hostId, spec }) {
    const live = await requireHost(hosts, hostId).inventory.refresh(spec.uuid);
    return live?.state === "running";
  },
  async run({ hosts }, { hostId, spec, start: wanted }) {
    if (wanted) await startVm(requireHost(hosts, hostId), spec.uuid);
  },
  async undo({ hosts }, { hostId, spec }) {
    await ensureOff(requireHost(hosts, hostId), spec.uuid);
  },
};

const finish: Step<VmCreateTask> = {
  run: (context, input) => handOver(context, newVm(input)),
  undo: (context, input) => takeBack(context, newVm(input)),
};

export const vmCreateHandler: TaskHandler<VmCreateTask> = {
  definition: vmCreate,
  steps: { reserve, volume, define, start, finish },
};
