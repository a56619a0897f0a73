import { notFound } from "@/lib/model/errors";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm } from "../vm/find-vm";

/**
 * Has a VM no longer backed up by itself. Its backups stay, those that the schedule made as well,
 * and are kept for good from now on. Throws `not_found` when it has no schedule.
 */
export async function removeSchedule(ctx: Context, input: { vmId: string }): Promise<void> {
  const { id: vmId, projectId, name } = await findVm(ctx, input.vmId, "backup.schedule");
  const entry = {
    action: "backup.remove_schedule",
    projectId,
    targetType: "vm",
    targetId: vmId,
    targetName: name,
  } as const;
  await audited(ctx, entry, async () => {
    const { count } = await ctx.db.backupSchedule.deleteMany({ where: { vmId } });
    if (count === 0) throw notFound(`schedule of vm ${vmId}`);
  });
  publish({ type: "backup", projectId });
}
