import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { AuditAction, AuditOutcome } from "@/lib/model/audit-actions";
import { appendRow } from "./audit/append-row";

/** What an entry needs to know; every `Context` has it, and so has a visitor's. */
export interface AuditContext {
  /** The database, or the transaction that makes the change. */
  db: Pick<Prisma.TransactionClient, "$transaction">;
  clock: () => Date;
  requestId: string;
  actor: {
    userId: string | null;
    name: string;
    ip: string;
    /** The API token that acts for the user. */
    token?: { id: string } | null;
  };
}

export interface AuditEntry {
  action: AuditAction;
  outcome: AuditOutcome;
  projectId?: string | null;
  targetType?: string;
  targetId?: string;
  targetName?: string;
  /** Facts for whoever reads the log later. Never a password, token or ticket. */
  detail?: Record<string, string | number | boolean | null>;
}

const maxTextLength = 500;

/** Appends one line to the audit log. Pass a transaction's client to write it with the change. */
export async function writeAudit(ctx: AuditContext, entry: AuditEntry): Promise<void> {
  const { actor } = ctx;
  const row = {
    id: newId(),
    actorId: actor.userId,
    actorName: text(actor.name),
    tokenId: actor.token?.id ?? null,
    ip: text(actor.ip),
    requestId: ctx.requestId,
    action: entry.action,
    outcome: entry.outcome,
    projectId: entry.projectId ?? null,
    targetType: entry.targetType ?? null,
    targetId: entry.targetId ?? null,
    targetName: entry.targetName === undefined ? null : text(entry.targetName),
    detail: JSON.stringify(entry.detail ?? {}, (_name, value: unknown) =>
      typeof value === "string" ? text(value) : value,
    ),
  };
  await ctx.db.$transaction((tx) => appendRow(tx, row, ctx.clock));
}

/**
 * Text as the database gives it back, since its bytes are hashed: half a surrogate pair would
 * come back as something else, and a NUL would end it.
 */
function text(value: string): string {
  return Buffer.from(value.slice(0, maxTextLength).replaceAll("\0", "")).toString();
}
