import type { Prisma } from "@/lib/db/generated/client";
import { backupTaskKinds } from "@/lib/model/backup";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { rewriteKinds } from "@/lib/model/volume/convert-plan";
import { vmClone } from "@/lib/tasks/definitions/vm-clone";
import { vmImport } from "@/lib/tasks/definitions/vm-import";

/** So that one host's tasks and disks are there for others as well: writing a disk may take hours. */
const rewritingsPerHost = 2;
const copying = [...rewriteKinds, ...backupTaskKinds, vmClone.kind, vmImport.kind];

/** Throws `conflict.rule` while as many disks are being written on the host as may be. */
export async function assertFewRewritings(
  tx: Pick<Prisma.TransactionClient, "task">,
  hostId: string,
): Promise<void> {
  const open = await tx.task.count({
    where: { hostId, kind: { in: copying }, state: { notIn: [...endedTaskStates] } },
  });
  if (open < rewritingsPerHost) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${open} disks are being written on ${hostId}`,
    userMessage: { key: "volume.host_busy", values: { limit: rewritingsPerHost } },
  });
}
