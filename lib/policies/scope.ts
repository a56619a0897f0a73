import type { Actor, Rights } from "./actor";
import { assertScope, can } from "./can";
import { type Permission, ruleOf } from "./permissions";

/**
 * The `where` part that keeps a query inside what the actor may see. Every query for a
 * tenant's object spreads it, so that another tenant's object is simply not found.
 */
export function scope(actor: Rights): { projectId?: { in: string[] } } {
  if (actor.isAdmin || actor.isAuditor) return {};
  return { projectId: { in: actor.memberships.map((each) => each.projectId) } };
}

/**
 * The same for a list over all projects: those in which the actor may do this. Throws
 * `auth.forbidden` for an API token without the scope, so that it does not read an empty list.
 */
export function scopeFor(actor: Actor, permission: Permission): { projectId?: { in: string[] } } {
  assertScope(actor, ruleOf(permission).scope);
  // An administrator's or auditor's right does not depend on the project.
  if (can({ ...actor, memberships: [] }, permission)) return {};
  const may = actor.memberships.filter((each) => can(actor, permission, each.projectId));
  return { projectId: { in: may.map((each) => each.projectId) } };
}
