import type { Prisma } from "@/lib/db/generated/client";
import type { DiskState } from "@/lib/model/disk";
import { AppError } from "@/lib/model/errors";

/**
 * Takes a disk at rest for one task. Throws `vm.bad_state` when another is at work on it, so that
 * of two at once one alone begins.
 */
export async function markDisk(
  tx: Prisma.TransactionClient,
  disk: { id: string; vmId: string | null },
  state: Exclude<DiskState, "ready">,
  data: Prisma.DiskUncheckedUpdateManyInput = {},
): Promise<void> {
  const { id, vmId } = disk;
  const marked = await tx.disk.updateMany({
    where: { id, vmId, state: "ready" },
    data: { ...data, state },
  });
  if (marked.count > 0) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `disk ${id} is not at rest`,
    userMessage: { key: "disk.busy" },
  });
}
