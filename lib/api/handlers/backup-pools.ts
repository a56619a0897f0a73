import { getBackupPool } from "@/lib/services/backup-pool/get-backup-pool";
import { setBackupPool } from "@/lib/services/backup-pool/set-backup-pool";
import type { backupPoolOperations } from "../spec/backup-pools";
import type { HandlersOf } from "./handler";

export const backupPoolHandlers: HandlersOf<keyof typeof backupPoolOperations> = {
  getBackupPool: (ctx, input) => getBackupPool(ctx, input),
  setBackupPool: (ctx, input) => setBackupPool(ctx, input),
};
