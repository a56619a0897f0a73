import type { Rights } from "./actor";
import { can } from "./can";
import { type Permission, type ProjectRole, ruleOf } from "./permissions";

/** What stands against it: being an auditor, or the lack of a role or of the installation's right. */
export type Obstacle = "auditor" | "admin" | ProjectRole;

/** Why the person may not, for a control that says so; null when he may. */
export function whyNot(actor: Rights, permission: Permission, projectId?: string): Obstacle | null {
  if (can(actor, permission, projectId)) return null;
  if (actor.isAuditor) return "auditor";
  return ruleOf(permission).project ?? "admin";
}
