import type { AuditView } from "@/lib/model/audit";

/** The page of the object of a row, where it is still there and the reader has such pages. */
export function targetHref(row: AuditView, administration: boolean): string | null {
  const { target, project } = row;
  if (target === null || target.id === null) return null;
  const home = project?.slug == null ? null : `/p/${project.slug}`;
  if (target.type === "user") {
    return administration && target.exists ? `/admin/users/${target.id}` : null;
  }
  if (home === null) return null;
  if (target.type === "project") return home;
  if (target.type === "task") return `${home}/activity`;
  if (!target.exists) return null;
  if (target.type === "vm") return `${home}/vms/${target.id}`;
  return target.type === "image" ? `${home}/images` : null;
}
