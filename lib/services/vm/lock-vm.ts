import type { VmView } from "@/lib/model/vm";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm } from "./find-vm";
import { isDeleting } from "./locked";
import { viewOf } from "./view-of";

/**
 * Holds a VM against deletion, by a person and by the end of its lease, or lets go of it. Throws
 * `vm.bad_state` once it is being deleted.
 */
export async function lockVm(
  ctx: Context,
  input: { vmId: string; locked: boolean },
): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.lock");
  const { id, projectId } = row;
  const { locked } = input;
  await ctx.db.$transaction(async (tx) => {
    const changed = await tx.vm.updateMany({
      where: { id, lifecycle: { not: "deleting" } },
      data: { locked },
    });
    if (changed.count === 0) throw isDeleting(id);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: locked ? "vm.lock" : "vm.unlock",
        outcome: "ok",
        projectId,
        targetType: "vm",
        targetId: id,
        targetName: row.name,
      },
    );
  });
  publish({ type: "vm", projectId, vmId: id });
  return viewOf(ctx.hosts, { ...row, locked });
}
