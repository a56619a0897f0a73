import {
  type BackupKind,
  type BackupState,
  type BackupVerdict,
  type BackupView,
  backupBytes,
} from "@/lib/model/backup";
import type { BackupRow } from "./find-backup";

/** A row as it is shown; `vms` are the ids of VMs that are there. */
export function toBackupView(
  row: BackupRow,
  vms: ReadonlySet<string>,
  neededBy: number,
): BackupView {
  const { id, projectId, vmId, vmName, note, ran, quiesced } = row;
  return {
    id,
    projectId,
    vmId,
    vmName,
    vmThere: vms.has(vmId),
    state: row.state as BackupState,
    kind: row.kind as BackupKind,
    baseId: row.baseId,
    neededBy,
    fullBecause: row.fullBecause === null ? null : JSON.parse(row.fullBecause),
    lacks: JSON.parse(row.lacks),
    files: row.files.map(({ volume, sizeBytes, sha256 }) => ({
      kind: "nvram",
      file: volume,
      sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
      sha256,
    })),
    scheduled: row.scheduled,
    note,
    ran,
    quiesced,
    countedBytes: backupBytes(row),
    definitionFile: row.volume,
    disks: row.disks.map((disk) => ({
      target: disk.target,
      format: disk.format,
      capacityBytes: Number(disk.capacityBytes),
      file: disk.volume,
      sizeBytes: disk.sizeBytes === null ? null : Number(disk.sizeBytes),
      sha256: disk.sha256,
    })),
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    verdict: row.verdict as BackupVerdict | null,
  };
}
