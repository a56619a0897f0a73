"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { backupNoteSchema } from "@/lib/model/backup";
import { createBackup } from "@/lib/services/vm-backup/create-backup";

export const createBackupAction = action(
  z.object({ vmId: z.string().min(1).max(40), note: backupNoteSchema, quiesce: z.boolean() }),
  createBackup,
);
