import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Server } from "@tus/server";
import { actorOfApiRequest } from "@/lib/auth/api-actor";
import { checkOrigin } from "@/lib/auth/origin";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import { onSessionEnded } from "@/lib/auth/session-events";
import { withBase } from "@/lib/base-path";
import { type Db, db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { hosts } from "@/lib/hypervisor/hosts";
import type { Hosts } from "@/lib/hypervisor/types";
import { type Logger, logger } from "@/lib/log";
import { AppError, httpStatusOf, isAppError, notFound } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { can } from "@/lib/policies/can";
import { once } from "@/lib/runtime/once";
import type { AuditContext } from "../audit";
import { auditRefusal } from "../audit/audit-refusal";
import type { Context } from "../context";
import { actorNow } from "../live/actor-now";
import { onBus } from "../live/bus";
import { cancelUpload } from "./cancel-upload";
import { findImage } from "./find-image";
import { beginUpload } from "./upload/begin-upload";
import { finishUpload } from "./upload/finish-upload";
import { UploadLocker } from "./upload/locker";
import {
  countUploads,
  cutUploads,
  enterUpload,
  type RunningUpload,
  recheckUploads,
} from "./upload/running";
import { UploadStore } from "./upload/store";
import { uploadsFolder } from "./uploads-folder";

export interface UploadDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock: () => Date;
  uploadsDir: string;
  /** Who sends the request, or null. */
  actorOf(req: IncomingMessage): Promise<Actor | null>;
}

export type UploadHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const path = "/api/uploads";
/** Requests of one person that may bring bytes at the same time. */
const parallelPerUser = 4;
const tusHeaders = { "tus-resumable": "1.0.0", "cache-control": "no-store" };

/**
 * The handler of `/api/uploads`, by the tus protocol. It stands before Next: a route handler would
 * hold a body of many GiB in Next's own buffers and limits. Every request is authenticated anew.
 */
export function createUploadHandler(deps: UploadDeps): UploadHandler {
  mkdirSync(deps.uploadsDir, { recursive: true, mode: 0o700 });
  const requests = new AsyncLocalStorage<{ ctx: Context; running: RunningUpload }>();
  const locker = new UploadLocker();
  const store = new UploadStore(deps.db, deps.uploadsDir, locker);
  const tus = new Server({
    path,
    datastore: store,
    locker,
    lockDrainTimeout: 1,
    relativeLocation: true,
    generateUrl: (_request, { path: at, id }) => withBase(`${at}/${id}`),
    allowedOrigins: () => false,
    namingFunction: () => newId(),
    onUploadCreate: async (_request, upload) => {
      const { ctx, running } = currentOf(requests);
      // The creating request may bring bytes, too.
      running.imageId = upload.id;
      await beginUpload(
        ctx,
        {
          imageId: upload.id,
          projectId: upload.metadata?.projectId ?? "",
          kind: upload.metadata?.kind === "appliance" ? "appliance" : "iso",
          filename: upload.metadata?.filename ?? "",
          sizeBytes: upload.size ?? 0,
        },
        deps.uploadsDir,
      );
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      const sha256 = store.takeHash(upload.id, upload.size ?? 0);
      await finishUpload(deps, upload.id, sha256);
      return {};
    },
    onResponseError: (_request, error) => {
      void auditRefusal(currentOf(requests).ctx, error, "upload");
      if (isAppError(error)) return { status_code: statusOf(error), body: bodyOf(error) };
      if (error instanceof Error) deps.log.error({ err: error }, "an upload failed");
      return undefined;
    },
  });
  onSessionEnded((sessionId) => cutUploads({ sessionId }));
  onBus((message) => {
    if (message.type === "image.removed") store.forget(message.imageId);
    else if (message.type === "rights") recheckUploads({ userId: message.userId });
  });

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const ctx = await authenticate(deps, req);
    const imageId = imageIdOf(req);
    if (imageId !== null) {
      const done = await answerHere(ctx, deps, req, res, imageId);
      if (done) return;
    } else if (req.method !== "POST") throw notFound("upload");
    const { userId, sessionId } = ctx.actor;
    const brings = req.method === "PATCH" || req.method === "POST";
    if (brings && countUploads({ userId }) >= parallelPerUser) throw tooMany(userId);
    const running: RunningUpload = {
      imageId,
      userId,
      sessionId,
      req,
      stillAllowed: () => mayStillSend(ctx, running.imageId),
    };
    // By the response's end and not by the handler's: towards a client that has left, the latter
    // never comes.
    if (brings) res.once("close", enterUpload(running));
    await requests.run({ ctx, running }, () => tus.handle(req, res));
  };

  return async (req, res) => {
    try {
      await serve(req, res);
    } catch (error) {
      if (!isAppError(error)) throw error;
      refuse(req, res, error);
      await auditRefusal(await authorOf(deps, req), error, "upload");
    }
  };
}

/** The process's handler; the server mounts it at `/api/uploads` before Next. */
export async function handleUpload(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const handler = once("uploads.handler", () =>
    createUploadHandler({
      db: db(),
      hosts: hosts(),
      log: logger(),
      clock: () => new Date(),
      uploadsDir: uploadsFolder(),
      actorOf,
    }),
  );
  await handler(req, res);
}

async function actorOf(req: IncomingMessage): Promise<Actor | null> {
  const { authorization, cookie, "user-agent": userAgent } = req.headers;
  return actorOfApiRequest({ authorization, cookie, ip: addressOf(req), userAgent });
}

function addressOf(req: IncomingMessage): string {
  const address = req.headers[clientAddressHeader];
  return typeof address === "string" ? address : "unknown";
}

/** Whom the audit log names for a request that was refused, perhaps before anybody was known. */
async function authorOf(deps: UploadDeps, req: IncomingMessage): Promise<AuditContext> {
  const actor = (await deps.actorOf(req)) ?? { userId: null, name: "", ip: addressOf(req) };
  return { db: deps.db, clock: deps.clock, requestId: newId(), actor };
}

async function authenticate(deps: UploadDeps, req: IncomingMessage): Promise<Context> {
  const actor = await deps.actorOf(req);
  if (actor === null) throw new AppError({ code: "auth.required", message: "no session" });
  // Only what a browser sends by itself, its cookie, can be abused by another site's page.
  if (req.method !== "HEAD" && actor.token === null) {
    const { origin, host, cookie } = req.headers;
    checkOrigin({ origin, host, cookie });
  }
  const requestId = newId();
  const log = deps.log.child({ requestId, userId: actor.userId });
  return { actor, db: deps.db, hosts: deps.hosts, mail: null, clock: deps.clock, log, requestId };
}

/** The id in the path; null for the collection. Anything else is not found. */
function imageIdOf(req: IncomingMessage): string | null {
  const pathname = (req.url ?? "").split("?", 1)[0] ?? "";
  if (pathname === path || pathname === `${path}/`) return null;
  const id = pathname.slice(path.length + 1);
  if (/^[0-9a-z]{10}$/.test(id)) return id;
  throw notFound("upload");
}

/**
 * What needs no tus: another tenant's id is not found, an upload that has ended says how, and
 * giving one up is a use case of its own. True when the answer has been sent.
 */
async function answerHere(
  ctx: Context,
  deps: UploadDeps,
  req: IncomingMessage,
  res: ServerResponse,
  imageId: string,
): Promise<boolean> {
  const image = await findImage(ctx, imageId, "image.upload");
  if (req.method === "DELETE") {
    await cancelUpload(ctx, { imageId }, deps.uploadsDir);
    res.writeHead(204, tusHeaders).end();
    return true;
  }
  if (image.state === "uploading") return false;
  if (image.state === "refused" || image.state === "failed") {
    const reason = image.error === null ? { key: "image.failed" } : JSON.parse(image.error);
    const body = JSON.stringify({ code: "input.invalid", message: reason });
    res.writeHead(410, { ...tusHeaders, "content-type": "application/json" }).end(body);
    return true;
  }
  // Everything has arrived, perhaps in a request whose answer was lost: tell the client so.
  const length = String(image.sizeBytes);
  const headers = { ...tusHeaders, "upload-offset": length, "upload-length": length };
  res.writeHead(req.method === "HEAD" ? 200 : 409, headers).end();
  return true;
}

/** Whether the sender of a running request may still bring bytes, as the database has it now. */
async function mayStillSend(ctx: Context, imageId: string | null): Promise<boolean> {
  try {
    const actor = await actorNow(ctx);
    // Nothing is begun yet, or there is no row yet: the use case asks by itself.
    if (actor === null || imageId === null) return actor !== null;
    const image = await ctx.db.image.findUnique({
      where: { id: imageId },
      select: { projectId: true },
    });
    return image === null || can(actor, "image.upload", image.projectId);
  } catch (error) {
    ctx.log.error({ err: error }, "a running upload could not be compared with the database");
    return true;
  }
}

function currentOf<T>(requests: AsyncLocalStorage<T>): T {
  const current = requests.getStore();
  if (current) return current;
  throw new AppError({ code: "internal", message: "an upload outside a request" });
}

function tooMany(userId: string): AppError {
  return new AppError({
    code: "rate.limited",
    message: `${userId} sends ${parallelPerUser} files already`,
    userMessage: { key: "upload.too_many_at_once", values: { limit: parallelPerUser } },
  });
}

/** 413 rather than 409 for what has no room: tus clients repeat a 409 for ever. */
function statusOf(error: AppError): number {
  return error.code === "quota.exceeded" ? 413 : httpStatusOf[error.code];
}

function bodyOf(error: AppError): string {
  return JSON.stringify({ code: error.code, message: error.userMessage });
}

function refuse(req: IncomingMessage, res: ServerResponse, error: AppError): void {
  if (res.headersSent) {
    req.destroy();
    return;
  }
  const headers = { ...tusHeaders, "content-type": "application/json", connection: "close" };
  res.writeHead(statusOf(error), headers).end(bodyOf(error));
}
