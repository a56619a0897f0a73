export type DoctorStatus = "ok" | "warn" | "fail";

/**
 * One line of the check of a machine. Its texts are in the catalogue `doctor`:
 * `check.<id>.title` and `check.<id>.<detail>`, the latter with `values`.
 */
export interface DoctorCheck {
  id: string;
  status: DoctorStatus;
  titleKey: string;
  detailKey: string;
  values: Record<string, string | number>;
  /** The command that mends it, or null when it is fine or no command can. */
  fix: string | null;
}

export interface DoctorReport {
  /** ISO time. */
  checkedAt: string;
  /** The worst of its checks. */
  status: DoctorStatus;
  checks: DoctorCheck[];
}
