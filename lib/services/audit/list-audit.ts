import type { AuditPage, ListAuditInput } from "@/lib/model/audit";
import type { Context } from "../context";
import { readRows } from "./read-rows";
import { readerOf } from "./reader";
import { toAuditViews } from "./to-audit-views";

/**
 * A page of the audit log, newest first: of all of it, or of one project. Throws `auth.forbidden`,
 * `not_found` for another tenant's project, and `input.invalid` for a cursor that is none.
 */
export async function listAudit(ctx: Context, input: ListAuditInput): Promise<AuditPage> {
  const reader = await readerOf(ctx, input);
  const after = input.cursor ? Number(input.cursor) : null;
  const { rows, next, searchedTo } = await readRows(ctx.db, reader.where, after, input.limit);
  return {
    rows: await toAuditViews(ctx.db, rows, reader),
    next: next === null ? null : String(next),
    searchedTo: searchedTo?.toISOString() ?? null,
  };
}
