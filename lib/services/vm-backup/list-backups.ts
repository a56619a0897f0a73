import type { BackupView } from "@/lib/model/backup";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { findVm } from "../vm/find-vm";
import { withDisks } from "./find-backup";
import { toBackupView } from "./to-backup-view";

/** All backups of the project, newest first, those of VMs that are gone included. */
export async function listBackups(
  ctx: Context,
  input: { projectId: string },
): Promise<BackupView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "backup.read");
  return viewsOf(ctx, { projectId });
}

/** The backups of a VM that is there, newest first. */
export async function listVmBackups(ctx: Context, input: { vmId: string }): Promise<BackupView[]> {
  const { id: vmId, projectId } = await findVm(ctx, input.vmId, "backup.read");
  return viewsOf(ctx, { projectId, vmId });
}

async function viewsOf(
  { db }: Context,
  where: { projectId: string; vmId?: string },
): Promise<BackupView[]> {
  const rows = await db.backup.findMany({
    where,
    include: withDisks,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const { projectId } = where;
  const vms = await db.vm.findMany({ where: { projectId }, select: { id: true } });
  const there = new Set(vms.map((vm) => vm.id));
  const needs = new Map<string, number>();
  for (const { baseId } of rows) {
    if (baseId !== null) needs.set(baseId, (needs.get(baseId) ?? 0) + 1);
  }
  return rows.map((row) => toBackupView(row, there, needs.get(row.id) ?? 0));
}
