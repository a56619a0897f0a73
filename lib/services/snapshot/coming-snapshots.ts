import type { Prisma } from "@/lib/db/generated/client";
import { endedTaskStates } from "@/lib/model/task";
import { snapshotCreate } from "@/lib/tasks/definitions/snapshot-create";
import { snapshotRevert } from "@/lib/tasks/definitions/snapshot-revert";

/**
 * Names of the snapshots that tasks are to take, by VM, as the transaction sees them. The task is
 * the reservation: it is written with the count, and ends only when the host's inventory has its
 * snapshot. What is there already may be among them.
 */
export async function comingSnapshots(
  tx: Prisma.TransactionClient,
  where: { projectId: string } | { targetId: string },
): Promise<Map<string, string[]>> {
  const tasks = await tx.task.findMany({
    where: {
      ...where,
      kind: { in: [snapshotCreate.kind, snapshotRevert.kind] },
      state: { notIn: [...endedTaskStates] },
    },
    select: { kind: true, targetId: true, input: true },
  });
  const found = new Map<string, string[]>();
  for (const { kind, targetId, input } of tasks) {
    const take =
      kind === snapshotCreate.kind
        ? snapshotCreate.input.parse(JSON.parse(input))
        : snapshotRevert.input.parse(JSON.parse(input)).first;
    if (targetId === null || take === null) continue;
    found.set(targetId, [...(found.get(targetId) ?? []), take.name]);
  }
  return found;
}
