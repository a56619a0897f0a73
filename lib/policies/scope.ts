import type { Rights } from "./actor";

/**
 * The `where` part that keeps a query inside what the actor may see. Every query for a
 * tenant's object spreads it, so that another tenant's object is simply not found.
 */
export function scope(actor: Rights): { projectId?: { in: string[] } } {
  if (actor.isAdmin || actor.isAuditor) return {};
  return { projectId: { in: actor.memberships.map((each) => each.projectId) } };
}
