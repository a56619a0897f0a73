import type { IncomingMessage, ServerResponse } from "node:http";
import { actorOfApiRequest, secretOfApiRequest } from "@/lib/auth/api-actor";
import { env } from "@/lib/env";
import { logger } from "@/lib/log";
import { once } from "@/lib/runtime/once";
import { databaseVersion, makeContext, makeVisitor } from "@/lib/services/make-context";
import { createApiHandler } from "./handle-api";

/** The process's handler; the server mounts it at `/api/v1` before Next. */
export function handleApi(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const handler = once("api.handler", () =>
    createApiHandler({
      actorOf: (sender) => actorOfApiRequest(sender),
      secretOf: secretOfApiRequest,
      contextOf: makeContext,
      visitorOf: makeVisitor,
      version: databaseVersion,
      log: logger(),
      https: env().PORTICO_ORIGIN?.startsWith("https://") ?? false,
    }),
  );
  return handler(req, res);
}
