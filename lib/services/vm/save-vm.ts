import { clipboardHoldsMemory } from "@/lib/model/clipboard";
import { AppError } from "@/lib/model/errors";
import { canSave } from "@/lib/model/vm-state";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { vmSave } from "@/lib/tasks/definitions/vm-save";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { refuseFrozen } from "../freeze/refuse-frozen";
import { enqueueVmTask } from "./enqueue-vm-task";
import { findVm, requireLive } from "./find-vm";

/**
 * Enqueues the saving of a guest's memory on its host; its next start goes on there. Throws
 * `vm.bad_state` for a guest that neither runs nor is paused, is frozen, or shares its clipboard by a
 * QEMU that cannot save it then, and `host.unreachable`.
 */
export async function saveVm(ctx: Context, input: { vmId: string }): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.power");
  const { host, live } = requireLive(ctx, row);
  if (!canSave(live.state)) {
    throw new AppError({
      code: "vm.bad_state",
      message: `saving is refused in state ${live.state}`,
      userMessage: { key: "vm.not_savable" },
      details: { state: live.state },
    });
  }
  if (clipboardHoldsMemory(live.clipboard, host.view().qemuVersion)) {
    throw new AppError({
      code: "vm.bad_state",
      message: "saving is refused while the clipboard is shared",
      userMessage: { key: "vm.clipboard_not_savable" },
    });
  }
  const { id: vmId, hostId, uuid, projectId } = row;
  const taskId = await ctx.db.$transaction(async (tx) => {
    await refuseFrozen(tx, vmId, live.bootId);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "vm.save",
        outcome: "ok",
        projectId,
        targetType: "vm",
        targetId: vmId,
        targetName: row.name,
      },
    );
    return enqueueVmTask(ctx, tx, row, {
      definition: vmSave,
      input: { vmId, hostId, uuid },
    });
  });
  announceTask(taskId, projectId);
  return { taskId };
}
