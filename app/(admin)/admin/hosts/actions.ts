"use server";

import { action } from "@/app/action";
import { backupPoolSchema } from "@/lib/model/backup-pool";
import { setBackupPool } from "@/lib/services/backup-pool/set-backup-pool";

export const setBackupPoolAction = action(backupPoolSchema, setBackupPool);
