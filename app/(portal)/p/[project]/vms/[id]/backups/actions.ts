"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { backupNoteSchema } from "@/lib/model/backup";
import { scheduleSchema } from "@/lib/model/backup-schedule";
import { removeSchedule } from "@/lib/services/backup-schedule/remove-schedule";
import { setSchedule } from "@/lib/services/backup-schedule/set-schedule";
import { createBackup } from "@/lib/services/vm-backup/create-backup";

const vmId = z.string().min(1).max(40);

export const createBackupAction = action(
  z.object({ vmId, note: backupNoteSchema, quiesce: z.boolean(), incremental: z.boolean() }),
  createBackup,
);

export const setScheduleAction = action(scheduleSchema.extend({ vmId }), setSchedule);

export const removeScheduleAction = action(z.object({ vmId }), removeSchedule);
