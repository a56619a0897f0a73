import { defineVm } from "@/lib/hypervisor/vm/define-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { createVolume, deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type VmCreateTask, vmCreate } from "../definitions/vm-create";
import type { Step, TaskHandler } from "./handler";
import { ensureOff } from "./vm-off";

/** Rows are written by the request itself; only their undoing is left to the task. */
const reserve: Step<VmCreateTask> = {
  async run({ db }, { vmId }) {
    if ((await db.vm.count({ where: { id: vmId } })) === 0) throw notFound(`vm ${vmId}`);
  },
  async undo({ db }, { vmId, spec }) {
    await db.$transaction([
      db.disk.deleteMany({ where: { vm: { id: vmId, lifecycle: "creating" } } }),
      db.vm.deleteMany({ where: { id: vmId, lifecycle: "creating" } }),
    ]);
    publish({ type: "vm.removed", projectId: spec.projectId, vmId });
  },
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
  async run({ db }, { vmId, spec }) {
    await db.vm.updateMany({
      where: { id: vmId, lifecycle: "creating" },
      data: { lifecycle: "ready" },
    });
    publish({ type: "vm", projectId: spec.projectId, vmId });
  },
  async undo({ db }, { vmId }) {
    await db.vm.updateMany({ where: { id: vmId }, data: { lifecycle: "creating" } });
  },
};

export const vmCreateHandler: TaskHandler<VmCreateTask> = {
  definition: vmCreate,
  steps: { reserve, volume, define, start, finish },
};
