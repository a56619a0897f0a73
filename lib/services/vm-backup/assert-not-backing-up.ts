import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";

/** Throws `vm.bad_state` while a VM that is off is being backed up: a start would spoil it. */
export async function assertNotBackingUp(
  tx: Pick<Prisma.TransactionClient, "task">,
  vmId: string,
): Promise<void> {
  const open = await tx.task.count({
    where: { targetId: vmId, kind: "backup.create", state: { notIn: [...endedTaskStates] } },
  });
  if (open === 0) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${vmId} is being backed up`,
    userMessage: { key: "backup.vm_busy" },
  });
}
