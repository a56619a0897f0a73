import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { actorOfApiRequest } from "@/lib/auth/api-actor";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import { type Db, db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { hosts } from "@/lib/hypervisor/hosts";
import type { Hosts } from "@/lib/hypervisor/types";
import { type Logger, logger } from "@/lib/log";
import { AppError, httpStatusOf, isAppError, notFound } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { can } from "@/lib/policies/can";
import { once } from "@/lib/runtime/once";
import { auditRefusal } from "../audit/audit-refusal";
import type { Context } from "../context";
import { actorNow } from "../live/actor-now";
import type { Exported } from "./archive";
import { exportBackup } from "./export-backup";
import { exportVm } from "./export-vm";

export interface ExportDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock: () => Date;
  /** Who sends the request, or null. */
  actorOf(req: IncomingMessage): Promise<Actor | null>;
  /** Between looks whether whoever reads still may. */
  recheckMs?: number;
}

/** What can be had, by the word in the address. */
const doors = {
  vms: (ctx: Context, id: string) => exportVm(ctx, { vmId: id }),
  backups: (ctx: Context, id: string) => exportBackup(ctx, { backupId: id }),
} as const;
/** Archives that one person may read at the same time. */
const parallelPerUser = 2;
const recheckMs = 3_000;

/** How many archives each person reads now. */
function reading(): Map<string, number> {
  return once("exports.reading", () => new Map<string, number>());
}

/**
 * The handler of `/api/exports/vms/ID` and `/api/exports/backups/ID`: an archive of many GiB goes from libvirt to the reader as
 * fast as he takes it. It stands before Next, like uploads; browsers come with their session,
 * programs with a token.
 */
export function createExportHandler(deps: ExportDeps) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const requestId = newId();
    const actor = await deps.actorOf(req);
    const { log, clock } = deps;
    const ctx = { db: deps.db, hosts: deps.hosts, mail: null, log, clock, requestId };
    try {
      if (actor === null) throw new AppError({ code: "auth.required", message: "no session" });
      await serve({ ...ctx, actor }, req, res, deps.recheckMs ?? recheckMs);
    } catch (error) {
      if (!isAppError(error)) throw error;
      const author = { userId: null, name: "", ip: addressOf(req) };
      await auditRefusal({ ...ctx, actor: actor ?? author }, error, "export");
      refuse(res, error);
    }
  };
}

async function serve(
  ctx: Context,
  req: IncomingMessage,
  res: ServerResponse,
  everyMs: number,
): Promise<void> {
  if (req.method !== "GET") throw notFound("another method");
  // It leaves a row in the log and work for the host: another site's page must not cause it.
  if (req.headers["sec-fetch-site"] === "cross-site") {
    throw new AppError({ code: "auth.forbidden", message: "an export from another site" });
  }
  const { userId } = ctx.actor;
  const leave = enter(userId);
  const abort = new AbortController();
  const gone = () => abort.abort();
  res.once("close", gone);
  try {
    const file = await fileAt(ctx, req);
    const timer = setInterval(() => {
      void mayStillRead(ctx, file.projectId).then((may) => may || res.destroy());
    }, everyMs);
    res.writeHead(200, {
      "content-type": "application/x-tar",
      "content-length": String(file.sizeBytes),
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
    });
    await pipeline(Readable.from(file.bytes(abort.signal)), res)
      // The reader sees that bytes are missing: there is no other way to say it by now.
      .catch((err: unknown) => ctx.log.warn({ err, url: req.url }, "an export ended early"))
      .finally(() => clearInterval(timer));
  } finally {
    res.off("close", gone);
    leave();
  }
}

function enter(userId: string): () => void {
  const all = reading();
  const now = all.get(userId) ?? 0;
  if (now >= parallelPerUser) {
    throw new AppError({
      code: "rate.limited",
      message: `${userId} reads ${now} archives already`,
      userMessage: { key: "export.too_many_at_once", values: { limit: parallelPerUser } },
    });
  }
  all.set(userId, now + 1);
  return () => {
    const left = (all.get(userId) ?? 1) - 1;
    if (left > 0) all.set(userId, left);
    else all.delete(userId);
  };
}

/** Whether the reader still may, as the database has it now. */
async function mayStillRead(ctx: Context, projectId: string): Promise<boolean> {
  try {
    const actor = await actorNow(ctx);
    return actor !== null && can(actor, "vm.export", projectId);
  } catch (error) {
    ctx.log.error({ err: error }, "a running export could not be compared with the database");
    return true;
  }
}

function fileAt(ctx: Context, req: IncomingMessage): Promise<Exported> {
  const pathname = (req.url ?? "").split("?", 1)[0] ?? "";
  const [, door, id = ""] = /^\/api\/exports\/(vms|backups)\/([0-9a-z]{10})$/.exec(pathname) ?? [];
  if (door === "vms" || door === "backups") return doors[door](ctx, id);
  throw notFound("export");
}

function addressOf(req: IncomingMessage): string {
  const address = req.headers[clientAddressHeader];
  return typeof address === "string" ? address : "unknown";
}

function refuse(res: ServerResponse, error: AppError): void {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  res.writeHead(httpStatusOf[error.code], headers);
  res.end(JSON.stringify({ code: error.code, message: error.userMessage }));
}

/** The process's handler; the server mounts it before Next. */
export async function handleExport(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const handler = once("exports.handler", () =>
    createExportHandler({
      db: db(),
      hosts: hosts(),
      log: logger(),
      clock: () => new Date(),
      actorOf: async (request) => {
        const { authorization, cookie, "user-agent": userAgent } = request.headers;
        return actorOfApiRequest({ authorization, cookie, ip: addressOf(request), userAgent });
      },
    }),
  );
  await handler(req, res);
}
