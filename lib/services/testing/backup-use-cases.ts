import { scheduleSchema } from "@/lib/model/backup-schedule";
import { getSchedule, listSchedules } from "../backup-schedule/list-schedules";
import { removeSchedule } from "../backup-schedule/remove-schedule";
import { setSchedule } from "../backup-schedule/set-schedule";
import { createBackup } from "../vm-backup/create-backup";
import { deleteBackup } from "../vm-backup/delete-backup";
import { getBackup } from "../vm-backup/get-backup";
import { listBackups, listVmBackups } from "../vm-backup/list-backups";
import { restoreBackup } from "../vm-backup/restore-backup";
import { restoreInPlace } from "../vm-backup/restore-in-place";
import { verifyBackup } from "../vm-backup/verify-backup";
import type { UseCase } from "./use-case";

/** Every use case on backups of VMs and their schedules. */
export const backupUseCases: UseCase[] = [
  ["list backups", "backup.read", (ctx, { projectId }) => listBackups(ctx, { projectId })],
  ["list a VM's backups", "backup.read", (ctx, { vmId }) => listVmBackups(ctx, { vmId })],
  [
    "see a backup",
    "backup.read",
    (ctx, { projectId, backupId }) => getBackup(ctx, { projectId, backupId }),
  ],
  [
    "back a VM up",
    "backup.create",
    (ctx, { vmId }) => createBackup(ctx, { vmId, note: "", quiesce: true, incremental: false }),
  ],
  ["verify a backup", "backup.verify", (ctx, { backupId }) => verifyBackup(ctx, { backupId })],
  [
    "restore a backup",
    "backup.restore",
    (ctx, { backupId }) => restoreBackup(ctx, { backupId, name: "restored", start: false }),
  ],
  [
    "restore a backup in place",
    "backup.restore_in_place",
    (ctx, { backupId }) => restoreInPlace(ctx, { backupId, confirmName: null }),
  ],
  ["delete a backup", "backup.delete", (ctx, { backupId }) => deleteBackup(ctx, { backupId })],
  [
    "list schedules of backups",
    "backup.read",
    (ctx, { projectId }) => listSchedules(ctx, { projectId }),
  ],
  ["see a schedule of backups", "backup.read", (ctx, { vmId }) => getSchedule(ctx, { vmId })],
  [
    "set a schedule of backups",
    "backup.schedule",
    (ctx, { vmId }) => setSchedule(ctx, { ...scheduleSchema.parse({ every: "day" }), vmId }),
  ],
  [
    "remove a schedule of backups",
    "backup.schedule",
    (ctx, { vmId }) => removeSchedule(ctx, { vmId }),
  ],
];
