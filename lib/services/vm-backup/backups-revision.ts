import type { BackupView } from "@/lib/model/backup";
import type { ScheduleView } from "@/lib/model/backup-schedule";
import { revisionOf } from "../live/revision-of";

/** Another one when anything differs of what is shown of the project's backups. */
export function backupsRevision(
  backups: readonly BackupView[],
  schedules: readonly ScheduleView[],
): string {
  return revisionOf([backups, schedules]);
}
