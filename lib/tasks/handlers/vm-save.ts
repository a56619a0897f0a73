import { saveVm, unsaveVm } from "@/lib/hypervisor/vm/save-vm";
import { requireHost } from "@/lib/services/host/require-host";
import { type VmSaveTask, vmSave } from "../definitions/vm-save";
import type { Step, TaskHandler } from "./handler";

const save: Step<VmSaveTask> = {
  async look({ hosts }, { hostId, uuid }) {
    const vm = await requireHost(hosts, hostId).inventory.refresh(uuid);
    return vm?.state === "saved";
  },
  async run({ hosts, signal, progress }, { hostId, uuid }) {
    await saveVm(requireHost(hosts, hostId), uuid, { signal, progress });
  },
  async undo({ hosts }, { hostId, uuid }) {
    await unsaveVm(requireHost(hosts, hostId), uuid);
  },
};

export const vmSaveHandler: TaskHandler<VmSaveTask> = { definition: vmSave, steps: { save } };
