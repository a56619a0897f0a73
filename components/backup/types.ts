import type { Schedule, ScheduleView } from "@/lib/model/backup-schedule";
import type { ActionResult } from "@/lib/model/result";

type TaskResult = Promise<ActionResult<{ taskId: string }>>;

/** The server action of a VM's own page. */
export type CreateBackupAction = (input: {
  vmId: string;
  note: string;
  quiesce: boolean;
  incremental: boolean;
}) => TaskResult;

/** The server actions on backups that are there. */
export interface BackupActions {
  verify: (input: { backupId: string }) => TaskResult;
  restore: (input: {
    backupId: string;
    name: string;
    start: boolean;
  }) => Promise<ActionResult<{ vmId: string; taskId: string }>>;
  restoreInPlace: (input: { backupId: string; confirmName: string }) => TaskResult;
  remove: (input: { backupId: string }) => TaskResult;
}

/** The server actions on a VM's schedule. */
export interface ScheduleActions {
  set: (input: Schedule & { vmId: string }) => Promise<ActionResult<ScheduleView>>;
  remove: (input: { vmId: string }) => Promise<ActionResult<void>>;
}

/** Why the person may not; null where he may. */
export interface BackupReasons {
  create: string | null;
  verify: string | null;
  restore: string | null;
  restoreInPlace: string | null;
  export: string | null;
  remove: string | null;
  schedule: string | null;
}
