import { exportBackup } from "../../appliance/export-backup";
import { createBackup } from "../../vm-backup/create-backup";
import { deleteBackup } from "../../vm-backup/delete-backup";
import { restoreBackup } from "../../vm-backup/restore-backup";
import { restoreInPlace } from "../../vm-backup/restore-in-place";
import { verifyBackup } from "../../vm-backup/verify-backup";
import { download } from "./download";
import { type Played, type PlayedOnVm, pick, type Verbs, vmName } from "./move";

async function backupOf({ ctx, projects, which }: Played) {
  const where = { projectId: { in: [...projects] } };
  return pick(await ctx.db.backup.findMany({ where, orderBy: { createdAt: "asc" } }), which);
}

/** On backups, whose VM may be gone. */
export const backupVerbs = {
  restore: async (played) => {
    const backup = await backupOf(played);
    const { ctx, flag: start } = played;
    return backup && restoreBackup(ctx, { backupId: backup.id, name: vmName(played), start });
  },
  restoreInPlace: async (played) => {
    const backup = await backupOf(played);
    return backup && restoreInPlace(played.ctx, { backupId: backup.id, confirmName: null });
  },
  verifyBackup: async (played) => {
    const backup = await backupOf(played);
    return backup && verifyBackup(played.ctx, { backupId: backup.id });
  },
  exportBackup: async (played) => {
    const backup = await backupOf(played);
    return backup && download(exportBackup(played.ctx, { backupId: backup.id }));
  },
  deleteBackup: async (played) => {
    const backup = await backupOf(played);
    return backup && deleteBackup(played.ctx, { backupId: backup.id });
  },
} satisfies Verbs<Played>;

/** Of a VM: a full one, or what has changed since the last. */
export const vmBackupVerbs = {
  backup: ({ ctx, vm, flag: incremental }) =>
    createBackup(ctx, { vmId: vm.id, note: "", quiesce: false, incremental }),
} satisfies Verbs<PlayedOnVm>;
