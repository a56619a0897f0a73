import type { AuditAction } from "@/lib/model/audit-actions";
import type { BackupRow } from "./find-backup";

type Action = Extract<AuditAction, `backup.${string}`>;

/** What the audit log says of a verb on a backup, apart from how it ended. */
export function backupEntry(action: Action, row: BackupRow, detail: Record<string, string> = {}) {
  return {
    action,
    projectId: row.projectId,
    targetType: "backup",
    targetId: row.id,
    targetName: row.vmName,
    detail: { madeAt: row.createdAt.toISOString(), ...detail },
  };
}
