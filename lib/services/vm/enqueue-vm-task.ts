import type { Prisma, Vm } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import type { TaskDefinition } from "@/lib/tasks/definitions/definition";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import type { Context } from "../context";
import { refuseTemplate } from "./find-vm";

/**
 * Enqueues a task on a VM for whoever asks, inside the caller's transaction (see `enqueueTask`).
 * `stepsDone` are those that this transaction has done itself. Returns the task's id. Throws
 * `not_found` when the VM has gone to another project since it was looked at, and `vm.bad_state`
 * when it has become a template.
 */
export async function enqueueVmTask<I>(
  { actor, clock }: Context,
  tx: Prisma.TransactionClient,
  vm: Pick<Vm, "id" | "projectId" | "hostId" | "name">,
  task: { definition: TaskDefinition<I>; input: I; stepsDone?: number },
): Promise<string> {
  const { definition, ...rest } = task;
  const { id: targetId, name: targetName, projectId, hostId } = vm;
  const now = await tx.vm.findFirst({
    where: { id: targetId, projectId },
    select: { id: true, isTemplate: true },
  });
  if (now === null) throw notFound(`vm ${targetId} in ${projectId}`);
  refuseTemplate(now);
  const about = { projectId, hostId, targetId, targetName, actor, now: clock() };
  return enqueueTask(tx, definition, { ...rest, ...about });
}
