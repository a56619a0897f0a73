import type { ScheduleView } from "@/lib/model/backup-schedule";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { findVm } from "../vm/find-vm";
import { toScheduleView } from "./to-schedule-view";

/** When the project's VMs are backed up by themselves, and how the last run of each ended. */
export async function listSchedules(
  ctx: Context,
  input: { projectId: string },
): Promise<ScheduleView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "backup.read");
  return viewsOf(ctx, { projectId });
}

/** The VM's schedule of backups; null when it has none. */
export async function getSchedule(
  ctx: Context,
  input: { vmId: string },
): Promise<ScheduleView | null> {
  const { id } = await findVm(ctx, input.vmId, "backup.read");
  return (await viewsOf(ctx, { id }))[0] ?? null;
}

async function viewsOf(
  { db }: Context,
  vm: { projectId: string } | { id: string },
): Promise<ScheduleView[]> {
  const rows = await db.backupSchedule.findMany({ where: { vm }, orderBy: { vmId: "asc" } });
  const ids = rows.flatMap((row) => row.lastTaskId ?? []);
  const tasks = await db.task.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, error: true },
  });
  return rows.map((row) =>
    toScheduleView(row, tasks.find((task) => task.id === row.lastTaskId) ?? null),
  );
}
