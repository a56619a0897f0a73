import type { DoctorCheck, DoctorStatus } from "@/lib/model/doctor";

/** A check's line; `detail` is the last part of its text's key. */
export function line(
  id: string,
  status: DoctorStatus,
  detail: string,
  values: DoctorCheck["values"] = {},
  fix: string | null = null,
): DoctorCheck {
  return {
    id,
    status,
    titleKey: `check.${id}.title`,
    detailKey: `check.${id}.${detail}`,
    values,
    fix,
  };
}

const order: DoctorStatus[] = ["ok", "warn", "fail"];

/** The worst status of a list, `ok` for an empty one. */
export function worst(checks: readonly DoctorCheck[]): DoctorStatus {
  const ranks = checks.map((check) => order.indexOf(check.status));
  return order[Math.max(0, ...ranks)] ?? "ok";
}
