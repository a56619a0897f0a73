import { stringify } from "csv-stringify/sync";
import type { AuditFilter, AuditView } from "@/lib/model/audit";
import { AppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { actorNow } from "../live/actor-now";
import { readRows } from "./read-rows";
import { readerOf } from "./reader";
import { toAuditViews } from "./to-audit-views";

export const auditFormats = ["csv", "json"] as const;
export type AuditFormat = (typeof auditFormats)[number];

export type ExportAuditInput = AuditFilter & { format: AuditFormat };

const pageRows = 500;
const exportsPerUser = 2;

const columns = [
  "seq",
  "at",
  "actor_id",
  "actor",
  "token_id",
  "ip",
  "action",
  "outcome",
  "project_id",
  "project",
  "target_type",
  "target_id",
  "target",
  "request_id",
  "detail",
  "hash",
] as const;

/**
 * The rows that `listAudit` would page through, as the text of a file: a page at a time, so that
 * it holds no more of a long log than that. The right is asked for again with every page. That it
 * was exported, and by which filter, is a row of the log itself.
 *
 * Throws what `listAudit` throws, and `rate.limited` for a third export at a time; once it runs,
 * `auth.forbidden` when the right has gone.
 */
export async function exportAudit(
  ctx: Context,
  input: ExportAuditInput,
): Promise<ReadableStream<Uint8Array>> {
  const { format, ...filter } = input;
  await readerOf(ctx, filter);
  const leave = enter(ctx.actor.userId);
  try {
    await writeAudit(ctx, {
      action: "audit.export",
      outcome: "ok",
      projectId: filter.projectId ?? null,
      detail: { format, ...factsOf(filter) },
    });
  } catch (error) {
    leave();
    throw error;
  }
  const chunks = pages(ctx, filter, format);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (!done) return controller.enqueue(encoder.encode(value));
        leave();
        controller.close();
      } catch (error) {
        leave();
        throw error;
      }
    },
    cancel: leave,
  });
}

async function* pages(
  ctx: Context,
  filter: AuditFilter,
  format: AuditFormat,
): AsyncGenerator<string, undefined> {
  yield format === "csv" ? csv([[...columns]]) : "[";
  let separator = "\n";
  for (let after: number | null = null, more = true; more; ) {
    const actor = await actorNow(ctx);
    if (actor === null) throw ended();
    const reader = await readerOf({ ...ctx, actor }, filter);
    const page = await readRows(ctx.db, reader.where, after, pageRows);
    const views = await toAuditViews(ctx.db, page.rows, reader);
    if (format === "csv") yield csv(views.map(cellsOf));
    else if (views.length > 0) {
      yield `${separator}${views.map((view) => JSON.stringify(view)).join(",\n")}`;
      separator = ",\n";
    }
    after = page.next;
    more = page.next !== null;
  }
  if (format === "json") yield "\n]\n";
}

/** Formulas are written as text: a spreadsheet must not run what somebody called a VM. */
function csv(rows: unknown[][]): string {
  return stringify(rows, {
    escape_formulas: true,
    record_delimiter: "windows",
    // Of itself it quotes what contains both, and a lone one would begin another row.
    quoted_match: /[\r\n]/,
  });
}

function cellsOf(view: AuditView): unknown[] {
  const { actor, project, target } = view;
  return [
    view.seq,
    view.at,
    actor.id,
    actor.name,
    actor.token?.id,
    view.ip,
    view.action,
    view.outcome,
    project?.id,
    project?.slug,
    target?.type,
    target?.id,
    target?.name,
    view.requestId,
    JSON.stringify(view.detail),
    view.hash,
  ];
}

/** What was asked for, as facts of the row that records the export. */
function factsOf(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter)
      .filter(([name, value]) => name !== "projectId" && value)
      .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]),
  );
}

function enter(userId: string): () => void {
  const running = once("audit.exports", () => new Map<string, number>());
  const count = running.get(userId) ?? 0;
  if (count >= exportsPerUser) {
    throw new AppError({
      code: "rate.limited",
      message: `${userId} has ${count} exports of the audit log running`,
      userMessage: { key: "audit.too_many_exports", values: { limit: exportsPerUser } },
    });
  }
  running.set(userId, count + 1);
  let entered = true;
  return () => {
    if (!entered) return;
    entered = false;
    const left = (running.get(userId) ?? 1) - 1;
    if (left > 0) running.set(userId, left);
    else running.delete(userId);
  };
}

function ended(): AppError {
  return new AppError({ code: "auth.required", message: "the session of an export has ended" });
}
