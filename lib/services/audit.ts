import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";

/** What an entry needs to know; every `Context` has it, and so has a visitor's. */
export interface AuditContext {
  db: Pick<Db, "auditEvent">;
  clock: () => Date;
  requestId: string;
  actor: { userId: string | null; name: string; ip: string };
}

export interface AuditEntry {
  /** Noun and verb: "vm.create", "session.sign_in". */
  action: string;
  outcome: "ok" | "refused" | "failed";
  projectId?: string | null;
  targetType?: string;
  targetId?: string;
  targetName?: string;
  /** Facts for whoever reads the log later. Never a password, token or ticket. */
  detail?: Record<string, string | number | boolean | null>;
}

/** Appends one line to the audit log. Pass a transaction's client to write it with the change. */
export async function writeAudit(ctx: AuditContext, entry: AuditEntry): Promise<void> {
  await ctx.db.auditEvent.create({
    data: {
      id: newId(),
      at: ctx.clock(),
      actorId: ctx.actor.userId,
      actorName: ctx.actor.name,
      ip: ctx.actor.ip,
      requestId: ctx.requestId,
      action: entry.action,
      outcome: entry.outcome,
      projectId: entry.projectId ?? null,
      targetType: entry.targetType ?? null,
      targetId: entry.targetId ?? null,
      targetName: entry.targetName ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    },
  });
}
