import type { BackupView } from "@/lib/model/backup";
import { revisionOf } from "../live/revision-of";

/** Another one when anything differs of what a list of the project's backups shows. */
export function backupsRevision(backups: readonly BackupView[]): string {
  return revisionOf(backups);
}
