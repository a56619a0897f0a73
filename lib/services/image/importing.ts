import type { Prisma } from "@/lib/db/generated/client";
import { endedTaskStates } from "@/lib/model/task";
import { vmImport } from "@/lib/tasks/definitions/vm-import";

/** How many tasks that have not ended read a VM's file, beside the one that asks. */
export async function countImports(
  tx: Pick<Prisma.TransactionClient, "task">,
  { imageId, taskId }: { imageId: string; taskId?: string },
): Promise<number> {
  const open = await tx.task.findMany({
    where: { kind: vmImport.kind, state: { notIn: [...endedTaskStates] } },
    select: { id: true, input: true },
  });
  return open.filter(
    ({ id, input }) => id !== taskId && vmImport.input.parse(JSON.parse(input)).imageId === imageId,
  ).length;
}
