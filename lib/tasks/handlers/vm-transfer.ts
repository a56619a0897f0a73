import { setOwner } from "@/lib/hypervisor/vm/set-owner";
import { notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { type VmTransferTask, vmTransfer } from "../definitions/vm-transfer";
import type { Step, TaskHandler } from "./handler";

/** Done by the request itself, for good: nothing that fails later gives the VM back. */
const handOver: Step<VmTransferTask> = {
  async run({ db }, { vmId, projectId }) {
    if ((await db.vm.count({ where: { id: vmId, projectId } })) === 0) throw notFound(`vm ${vmId}`);
  },
};

/** The definition says whose it is, for a database that has to be built anew. */
const mark: Step<VmTransferTask> = {
  async run({ hosts }, { vmId, projectId, hostId, uuid }) {
    await setOwner(requireHost(hosts, hostId), uuid, { vmId, projectId });
  },
};

export const vmTransferHandler: TaskHandler<VmTransferTask> = {
  definition: vmTransfer,
  steps: { hand_over: handOver, mark },
};
