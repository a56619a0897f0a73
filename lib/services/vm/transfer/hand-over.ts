import type { Prisma, Vm } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import { leaseEnd } from "@/lib/model/lease";
import { assertQuota } from "@/lib/model/quota";
import { endedTaskStates } from "@/lib/model/task";
import { vmTransfer } from "@/lib/tasks/definitions/vm-transfer";
import { writeAudit } from "../../audit";
import type { Context } from "../../context";
import { countQuota } from "../../quota/count-quota";
import { enqueueVmTask } from "../enqueue-vm-task";
import { refuseOnTop } from "../template/refuse-on-top";
import { askedByTransfer } from "./asked-by-transfer";

interface Place {
  id: string;
  name: string;
}

/**
 * Counts, and gives a VM with its disks and backups to another project, in the caller's
 * serialisable transaction; tickets for its consoles end. Returns the id of the task that tells
 * its host. Throws `quota.exceeded`, and `vm.bad_state` while anything is at work on it.
 */
export async function handOver(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { row, live, from, to }: { row: Vm; live: LiveVm; from: Place; to: Place },
): Promise<string> {
  const { id: vmId } = row;
  await assertAtRest(tx, row);
  await refuseOnTop(tx, vmId);
  const asked = await askedByTransfer(tx, row, live);
  assertQuota(await countQuota(tx, ctx.hosts, to.id), asked);
  const { leaseDays } = await tx.project.findUniqueOrThrow({
    where: { id: to.id },
    select: { leaseDays: true },
  });
  const leaseEndsAt = row.leaseEndsAt ?? leaseEnd(leaseDays, ctx.clock());
  const data = { projectId: to.id };
  const moved = await tx.vm.update({ where: { id: vmId }, data: { ...data, leaseEndsAt } });
  await tx.disk.updateMany({ where: { vmId }, data });
  await tx.backup.updateMany({ where: { vmId, projectId: from.id }, data });
  await tx.consoleTicket.deleteMany({ where: { vmId } });
  // The log of the project that it leaves is the caller's to write.
  await writeAudit(
    { ...ctx, db: tx },
    {
      action: "vm.take_over",
      projectId: to.id,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      outcome: "ok",
      detail: { from: from.name, fromId: from.id },
    },
  );
  const { hostId, uuid } = row;
  return enqueueVmTask(ctx, tx, moved, {
    definition: vmTransfer,
    input: { vmId, hostId, uuid, projectId: to.id },
    stepsDone: 1,
  });
}

/** Throws `vm.bad_state` when a task is at work on the VM, its disks or its backups. */
async function assertAtRest(tx: Prisma.TransactionClient, row: Vm): Promise<void> {
  const { id, projectId } = row;
  const backups = await tx.backup.findMany({ where: { vmId: id }, select: { id: true } });
  const ids = [id, ...backups.map((each) => each.id)];
  const open = await tx.task.findMany({
    where: { projectId, state: { notIn: [...endedTaskStates] } },
    select: { targetId: true, input: true },
  });
  const busy = open.some(
    (task) =>
      ids.includes(task.targetId ?? "") || ids.some((each) => task.input.includes(`"${each}"`)),
  );
  const isThere = await tx.vm.count({ where: { id, projectId, lifecycle: "ready" } });
  if (!busy && isThere > 0) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `vm ${id} is not at rest`,
    userMessage: { key: "transfer.busy" },
  });
}
