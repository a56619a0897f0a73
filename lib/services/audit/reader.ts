import type { AuditFilter } from "@/lib/model/audit";
import { assertCan, can } from "@/lib/policies/can";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { type AuditWhere, auditWhere } from "./audit-where";

export interface Reader {
  where: AuditWhere;
  /** Whose addresses are shown; null: everybody's. */
  shownIps: ReadonlySet<string> | null;
}

/**
 * What of the log the actor may read, and how. Who may read all of it may; others must name a
 * project whose log they may read, and see addresses of its members only: an administrator who
 * helped there is named, and where he sat is not the tenant's business. Throws `auth.forbidden`,
 * and `not_found` for another tenant's project.
 */
export async function readerOf(ctx: Context, filter: AuditFilter): Promise<Reader> {
  const { projectId } = filter;
  if (can(ctx.actor, "audit.read") || !projectId) {
    assertCan(ctx.actor, "audit.read");
    return { where: auditWhere(filter, true), shownIps: null };
  }
  const project = await requireProject(ctx, projectId, "project_audit.read");
  const members = await ctx.db.membership.findMany({
    where: { projectId: project.id },
    select: { userId: true },
  });
  return {
    where: auditWhere(filter, false),
    shownIps: new Set(members.map((each) => each.userId)),
  };
}
