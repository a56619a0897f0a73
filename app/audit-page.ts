import { notFound } from "next/navigation";
import type { AuditPage, ListAuditInput } from "@/lib/model/audit";
import { isAppError } from "@/lib/model/errors";
import { listAudit } from "@/lib/services/audit/list-audit";
import type { Context } from "@/lib/services/context";
import { noteRefusal } from "./session";

/**
 * For pages: the rows of an address. Who may not read them has no such page; after a place that
 * there is not comes the first page.
 */
export async function auditPage(ctx: Context, query: ListAuditInput): Promise<AuditPage> {
  try {
    return await listAudit(ctx, query);
  } catch (error) {
    if (isAppError(error, "input.invalid") && query.cursor) {
      return auditPage(ctx, { ...query, cursor: null });
    }
    await noteRefusal(error, "page");
    if (isAppError(error, "auth.forbidden")) notFound();
    throw error;
  }
}
