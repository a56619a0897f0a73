import type { Vm } from "@/lib/db/generated/client";
import type { AuditAction } from "@/lib/model/audit-actions";
import type { AuditEntry } from "../audit";

/** What the log says of a verb on one snapshot: the VM is what it is about. */
export function snapshotEntry(
  action: Extract<AuditAction, `snapshot.${string}`>,
  row: Vm,
  detail: AuditEntry["detail"],
): Omit<AuditEntry, "outcome"> {
  return {
    action,
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail,
  };
}
