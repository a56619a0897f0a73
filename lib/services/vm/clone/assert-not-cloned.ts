import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { vmClone } from "@/lib/tasks/definitions/vm-clone";

/** Throws `vm.bad_state` while a VM's disks are being copied for another: nothing may move them. */
export async function assertNotCloned(
  tx: Pick<Prisma.TransactionClient, "task">,
  vm: { id: string; projectId: string },
): Promise<void> {
  if (!(await isBeingCloned(tx, vm))) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${vm.id} is being cloned`,
    userMessage: { key: "clone.busy" },
  });
}

/** Whether a VM's disks are being copied for another. */
export async function isBeingCloned(
  tx: Pick<Prisma.TransactionClient, "task">,
  { id, projectId }: { id: string; projectId: string },
): Promise<boolean> {
  const open = await tx.task.findMany({
    where: { projectId, kind: vmClone.kind, state: { notIn: [...endedTaskStates] } },
    select: { input: true },
  });
  return open.some(({ input }) => vmClone.input.parse(JSON.parse(input)).source.vmId === id);
}
