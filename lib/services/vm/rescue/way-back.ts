import type { Vm } from "@/lib/db/generated/client";
import type { WayBack } from "@/lib/hypervisor/vm/undo-rescue";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import type { Context } from "../../context";

/**
 * Writes down how a VM's definition was, before anything is changed. Throws `vm.bad_state` when it
 * is in rescue, a template, being deleted or in another project by now.
 */
export async function keepWayBack(
  ctx: Context,
  { id, projectId }: Vm,
  rescueImage: string,
  way: WayBack,
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const marked = await tx.vm.updateMany({
      where: { id, projectId, lifecycle: "ready", isTemplate: false, rescuedAt: null },
      data: { rescuedAt: ctx.clock(), rescueImage },
    });
    const at = { targetId: id, state: { notIn: [...endedTaskStates] } };
    if (marked.count === 0 || (await tx.task.count({ where: at })) > 0) {
      throw new AppError({
        code: "vm.bad_state",
        message: `vm ${id} is not at rest`,
        userMessage: { key: "rescue.busy" },
      });
    }
    await tx.vmRescue.create({ data: { vmId: id, ...way } });
  });
}

/** The VM is in rescue no more. */
export async function leaveRescue(ctx: Context, id: string): Promise<void> {
  await ctx.db.$transaction([
    ctx.db.vmRescue.deleteMany({ where: { vmId: id } }),
    ctx.db.vm.updateMany({ where: { id }, data: { rescuedAt: null, rescueImage: null } }),
  ]);
}
