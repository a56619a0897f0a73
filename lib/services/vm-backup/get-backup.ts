import type { BackupView } from "@/lib/model/backup";
import type { Context } from "../context";
import { findBackup } from "./find-backup";
import { toBackupView } from "./to-backup-view";

/** One backup of the project; another tenant's, or another project's, is `not_found`. */
export async function getBackup(
  ctx: Context,
  input: { projectId: string; backupId: string },
): Promise<BackupView> {
  const row = await findBackup(ctx, input, "backup.read");
  const vm = await ctx.db.vm.findFirst({
    where: { id: row.vmId, projectId: row.projectId },
    select: { id: true },
  });
  const neededBy = await ctx.db.backup.count({ where: { baseId: row.id } });
  return toBackupView(row, new Set(vm ? [vm.id] : []), neededBy);
}
