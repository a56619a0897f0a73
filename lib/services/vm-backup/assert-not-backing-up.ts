import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";

const kinds = {
  "backup.create": "backup.vm_busy",
  "backup.restore_in_place": "backup.vm_restoring",
} as const;

/**
 * Throws `vm.bad_state` while a VM that is off is being backed up or gets its disks from a backup: a
 * start would spoil it.
 */
export async function assertNotBackingUp(
  tx: Pick<Prisma.TransactionClient, "task">,
  vmId: string,
): Promise<void> {
  for (const [kind, key] of Object.entries(kinds)) {
    const open = await tx.task.count({
      where: { targetId: vmId, kind, state: { notIn: [...endedTaskStates] } },
    });
    if (open === 0) continue;
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${vmId} is busy with ${kind}`,
      userMessage: { key },
    });
  }
}
