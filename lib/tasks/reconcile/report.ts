import { once } from "@/lib/runtime/once";

/** Something on a host or disk that no row owns, or the other way round. Reported, not touched. */
export interface Finding {
  kind:
    | "vm.missing"
    | "vm.orphan"
    | "volume.missing"
    | "volume.orphan"
    | "vm.stranded"
    | "image.stranded"
    | "disk.stranded"
    | "backup.stranded"
    | "upload.finished"
    | "upload.abandoned"
    | "upload.stray";
  hostId: string | null;
  /** Row id, libvirt UUID or volume name. */
  subject: string;
}

export interface ReconcileReport {
  at: Date;
  findings: Finding[];
}

/** The last report of this process, for the admin's health page. */
export function lastReport(): { report: ReconcileReport | null } {
  return once("reconcile.report", () => ({ report: null as ReconcileReport | null }));
}
