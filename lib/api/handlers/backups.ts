import { ownTask } from "@/lib/services/task/get-task";
import { createBackup } from "@/lib/services/vm-backup/create-backup";
import { deleteBackup } from "@/lib/services/vm-backup/delete-backup";
import { getBackup } from "@/lib/services/vm-backup/get-backup";
import { listBackups, listVmBackups } from "@/lib/services/vm-backup/list-backups";
import { restoreBackup } from "@/lib/services/vm-backup/restore-backup";
import { restoreInPlace } from "@/lib/services/vm-backup/restore-in-place";
import { verifyBackup } from "@/lib/services/vm-backup/verify-backup";
import type { backupOperations } from "../spec/backups";
import type { HandlersOf } from "./handler";
import { pageOfList } from "./paged";
import { toApiTask } from "./views";

export const backupHandlers: HandlersOf<keyof typeof backupOperations> = {
  listVmBackups: async (ctx, input) => ({ items: await listVmBackups(ctx, input) }),
  listBackups: async (ctx, query) =>
    pageOfList(await listBackups(ctx, query), query, {
      id: (backup) => backup.id,
      key: (backup) => backup.createdAt,
    }),
  getBackup,
  createVmBackup: async (ctx, input, say) => {
    const { taskId } = await createBackup(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  verifyBackup: async (ctx, input, say) => {
    const { taskId } = await verifyBackup(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  restoreBackup: async (ctx, input, say) => {
    const { taskId } = await restoreBackup(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  restoreBackupInPlace: async (ctx, input, say) => {
    const { taskId } = await restoreInPlace(ctx, { ...input, confirmName: null });
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  deleteBackup: async (ctx, input, say) => {
    const { taskId } = await deleteBackup(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
