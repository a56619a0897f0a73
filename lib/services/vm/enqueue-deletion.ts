import type { Prisma, Vm } from "@/lib/db/generated/client";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmDelete } from "@/lib/tasks/definitions/vm-delete";
import { type AuditContext, writeAudit } from "../audit";
import { isBeingCloned } from "./clone/assert-not-cloned";
import { linkedClones } from "./template/linked-clones";

export interface Deletion {
  vm: Vm;
  keepDisks: boolean;
  /** Who is said to have done it, in the task. */
  actor: { userId: string; name: string };
  /** What else must still be true of the row. */
  provided?: Prisma.VmWhereInput;
  detail?: Record<string, string>;
}

/**
 * Marks the VM as being deleted, audits and enqueues, in the caller's transaction. Null, and
 * nothing done, when the VM is being made, cloned or deleted, is locked, has linked clones, or is no longer as `provided` says.
 */
export async function enqueueDeletion(
  tx: Prisma.TransactionClient,
  audit: Omit<AuditContext, "db">,
  { vm, keepDisks, actor, provided, detail }: Deletion,
): Promise<string | null> {
  const { id: vmId, projectId, hostId, uuid, name } = vm;
  if (await isBeingCloned(tx, vm)) return null;
  if ((await linkedClones(tx, vm.id)).length > 0) return null;
  const marked = await tx.vm.updateMany({
    where: { ...provided, id: vmId, projectId, lifecycle: "ready", locked: false },
    data: { lifecycle: "deleting" },
  });
  if (marked.count === 0) return null;
  await writeAudit(
    { ...audit, db: tx },
    {
      action: "vm.delete",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      outcome: "ok",
      detail: { keepDisks, ...detail },
    },
  );
  return enqueueTask(tx, vmDelete, {
    input: { vmId, hostId, uuid, keepDisks },
    projectId,
    hostId,
    targetId: vmId,
    targetName: name,
    actor,
    now: audit.clock(),
  });
}
