"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { vmLimits, vmNameSchema } from "@/lib/model/vm";
import { deleteBackup } from "@/lib/services/vm-backup/delete-backup";
import { restoreBackup } from "@/lib/services/vm-backup/restore-backup";
import { restoreInPlace } from "@/lib/services/vm-backup/restore-in-place";
import { verifyBackup } from "@/lib/services/vm-backup/verify-backup";

const backupId = z.string().min(1).max(40);

export const verifyBackupAction = action(z.object({ backupId }), verifyBackup);

export const restoreBackupAction = action(
  z.object({ backupId, name: vmNameSchema, start: z.boolean() }),
  restoreBackup,
);

export const deleteBackupAction = action(z.object({ backupId }), deleteBackup);

export const restoreInPlaceAction = action(
  z.object({ backupId, confirmName: z.string().max(vmLimits.nameLength) }),
  restoreInPlace,
);
