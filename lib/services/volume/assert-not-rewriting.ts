import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { rewriteKinds } from "@/lib/model/volume/convert-plan";

/** Throws `vm.bad_state` while a disk of the VM is being rewritten: a start would spoil it. */
export async function assertNotRewriting(
  tx: Pick<Prisma.TransactionClient, "task">,
  vmId: string,
): Promise<void> {
  const open = await tx.task.count({
    where: {
      targetId: vmId,
      kind: { in: [...rewriteKinds] },
      state: { notIn: [...endedTaskStates] },
    },
  });
  if (open === 0) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `a disk of vm ${vmId} is being rewritten`,
    userMessage: { key: "volume.busy" },
  });
}
