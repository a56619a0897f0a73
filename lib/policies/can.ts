import { AppError } from "@/lib/model/errors";
import type { Actor, Rights } from "./actor";
import { type Permission, projectRoles, ruleOf, type TokenScope } from "./permissions";

/**
 * Whether the actor may; `projectId` is ignored for installation-wide permissions. An API token
 * never may more than its user, and nothing outside its scopes.
 */
export function can(actor: Rights, permission: Permission, projectId?: string): boolean {
  const rule = ruleOf(permission);
  if (actor.token && !actor.token.scopes.includes(rule.scope)) return false;
  if (actor.isAdmin) return true;
  // Also in a project where he is a member: an auditor changes nothing.
  if (actor.isAuditor) return rule.auditor === true;
  if (rule.project === undefined) return false;
  const role = actor.memberships.find((each) => each.projectId === projectId)?.role;
  return role !== undefined && projectRoles.indexOf(role) >= projectRoles.indexOf(rule.project);
}

/** Throws `auth.forbidden` when the actor sees the object but may not do this to it. */
export function assertCan(actor: Actor, permission: Permission, projectId?: string): void {
  if (can(actor, permission, projectId)) return;
  assertScope(actor, ruleOf(permission).scope);
  throw new AppError({
    code: "auth.forbidden",
    message: `${actor.userId} lacks ${permission} in ${projectId ?? "the installation"}`,
    userMessage: { key: "auth.forbidden", values: { permission } },
    details: { permission, ...(projectId !== undefined && { projectId }) },
  });
}

/** Throws `auth.forbidden` for an API token that lacks the scope; a person has no scopes. */
export function assertScope(actor: Actor, scope: TokenScope): void {
  if (actor.token === null || actor.token.scopes.includes(scope)) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `token ${actor.token.id} lacks the scope ${scope}`,
    userMessage: { key: "auth.scope", values: { scope } },
    details: { scope },
  });
}
