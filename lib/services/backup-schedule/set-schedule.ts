import type { Schedule, ScheduleView } from "@/lib/model/backup-schedule";
import { nextRun } from "@/lib/model/backup-schedule";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, refuseTemplate } from "../vm/find-vm";
import { isDeleting } from "../vm/locked";
import { toScheduleView } from "./to-schedule-view";

/**
 * Has a VM backed up by itself from now on, or otherwise than before; what the last run came to
 * stays to be seen. Throws `vm.bad_state` once the VM is being deleted, and for a
 * template, which is not backed up.
 */
export async function setSchedule(
  ctx: Context,
  input: Schedule & { vmId: string },
): Promise<ScheduleView> {
  const row = await findVm(ctx, input.vmId, "backup.schedule");
  const { vmId, ...schedule } = input;
  const { every, keepLast, keepDays, fullEvery } = schedule;
  const entry = {
    action: "backup.set_schedule",
    projectId: row.projectId,
    targetType: "vm",
    targetId: vmId,
    targetName: row.name,
    detail: { every, keepLast, keepDays, fullEvery },
  } as const;
  const view = await audited(ctx, entry, async () => {
    if (row.lifecycle === "deleting") throw isDeleting(vmId);
    refuseTemplate(row);
    const now = ctx.clock();
    const { userId: createdById, name: createdByName } = ctx.actor;
    const data = { ...schedule, nextAt: nextRun(schedule, now), retryUntil: null };
    const set = await ctx.db.backupSchedule.upsert({
      where: { vmId },
      create: { ...data, vmId, createdById, createdByName, createdAt: now },
      update: data,
    });
    const { lastTaskId } = set;
    const task = lastTaskId && (await ctx.db.task.findUnique({ where: { id: lastTaskId } }));
    return toScheduleView(set, task || null);
  });
  publish({ type: "backup", projectId: row.projectId });
  return view;
}
