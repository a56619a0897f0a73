import { newId } from "@/lib/db/id";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { audited } from "@/lib/services/audited";
import { requireHost } from "@/lib/services/host/require-host";
import { startOrderActor } from "@/lib/services/start-order/actor";
import { assertStartable } from "@/lib/services/vm/assert-startable";
import { type VmStartInOrderTask, vmStartInOrder } from "../definitions/vm-start-in-order";
import type { Step, TaskHandler } from "./handler";

/** One that runs by now is left alone, and so is one whose lease has ended. */
const start: Step<VmStartInOrderTask> = {
  async look({ hosts }, { hostId, uuid }) {
    const live = await requireHost(hosts, hostId).inventory.refresh(uuid);
    return live !== null && live.bootId !== null;
  },
  async run({ db, hosts }, { vmId, hostId, uuid }) {
    const row = await db.vm.findUnique({ where: { id: vmId } });
    if (row === null || row.leaseStoppedAt !== null) return;
    const host = requireHost(hosts, hostId);
    const live = await host.inventory.refresh(uuid);
    if (live !== null && live.bootId !== null) return;
    const entry = {
      action: "vm.start",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: { inOrder: true },
    } as const;
    const audit = { db, clock: () => new Date(), requestId: newId(), actor: startOrderActor };
    await audited(audit, entry, async () => {
      await assertStartable(db, row);
      await startVm(host, uuid);
    });
  },
};

export const vmStartInOrderHandler: TaskHandler<VmStartInOrderTask> = {
  definition: vmStartInOrder,
  steps: { start },
};
