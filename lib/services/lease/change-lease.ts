import type { Vm } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { isDeleting } from "../vm/locked";
import { viewOf } from "../vm/view-of";

/**
 * Writes a VM's new end, provided that the old one still stands and the VM is not being deleted.
 * What had been told or done about the old end no longer counts. Audited with both ends.
 */
export async function changeLease(
  ctx: Context,
  row: Vm,
  change: { action: "vm.extend_lease" | "vm.set_lease"; endsAt: Date | null },
): Promise<VmView> {
  const { id, projectId, leaseEndsAt } = row;
  const data = { leaseEndsAt: change.endsAt, leaseNoticedAt: null, leaseStoppedAt: null };
  await ctx.db.$transaction(async (tx) => {
    const changed = await tx.vm.updateMany({
      where: { id, leaseEndsAt, lifecycle: { not: "deleting" } },
      data,
    });
    if (changed.count === 0) throw await lost(tx, id);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: change.action,
        outcome: "ok",
        projectId,
        targetType: "vm",
        targetId: id,
        targetName: row.name,
        detail: {
          endsAt: change.endsAt?.toISOString() ?? null,
          endsAtBefore: leaseEndsAt?.toISOString() ?? null,
        },
      },
    );
  });
  publish({ type: "vm", projectId, vmId: id });
  return viewOf(ctx.hosts, { ...row, ...data });
}

async function lost(tx: Pick<Context["db"], "vm">, vmId: string): Promise<AppError> {
  const deleting = await tx.vm.count({ where: { id: vmId, lifecycle: "deleting" } });
  return deleting > 0
    ? isDeleting(vmId)
    : new AppError({ code: "conflict.stale", message: `the lease of ${vmId} has changed` });
}
