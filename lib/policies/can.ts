import { AppError } from "@/lib/model/errors";
import type { Actor } from "./actor";
import { type Permission, permissions, projectRoles } from "./permissions";

/** Whether the actor may; `projectId` is ignored for installation-wide permissions. */
export function can(
  actor: Pick<Actor, "isAdmin" | "memberships">,
  permission: Permission,
  projectId?: string,
): boolean {
  if (actor.isAdmin) return true;
  const needed = permissions[permission];
  if (needed === "admin") return false;
  const role = actor.memberships.find((each) => each.projectId === projectId)?.role;
  return role !== undefined && projectRoles.indexOf(role) >= projectRoles.indexOf(needed);
}

/** Throws `auth.forbidden` when the actor sees the object but may not do this to it. */
export function assertCan(actor: Actor, permission: Permission, projectId?: string): void {
  if (can(actor, permission, projectId)) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `${actor.userId} lacks ${permission} in ${projectId ?? "the installation"}`,
    userMessage: { key: "auth.forbidden", values: { permission } },
  });
}
