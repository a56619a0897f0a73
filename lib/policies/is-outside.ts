import { AppError } from "@/lib/model/errors";
import type { Actor } from "./actor";
import type { Permission } from "./permissions";

/**
 * Whether he sees the project as an administrator only, without being one of its members. Such
 * a person may look at its screens, announced and in the audit log, but not type into them.
 */
export function isOutside(
  actor: Pick<Actor, "isAdmin" | "memberships">,
  projectId: string,
): boolean {
  return actor.isAdmin && !actor.memberships.some((each) => each.projectId === projectId);
}

/** Throws `auth.forbidden` for such an administrator, naming what only members may. */
export function assertInside(actor: Actor, projectId: string, permission: Permission): void {
  if (!isOutside(actor, projectId)) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `${actor.userId} is no member of ${projectId}`,
    userMessage: { key: "auth.members_only" },
    details: { permission, projectId },
  });
}
