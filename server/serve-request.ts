import type { IncomingMessage, ServerResponse } from "node:http";
import { apiBase } from "@/lib/api/spec/operations";
import { inertHeaders, recogniserHeaders, workerHeaders } from "@/lib/auth/security-headers";
import { withoutBase } from "@/lib/base-path";
import { logger } from "@/lib/log";
import { once } from "@/lib/runtime/once";
import { handleExport } from "@/lib/services/appliance/export-handler";
import { handleUpload } from "@/lib/services/image/tus-server";
import { type Handler, Turns } from "./in-turn";

/** The script that Next makes workers begin with: theirs is its policy. */
const worker = /^\/_next\/static\/chunks\/turbopack-worker[\w-]*\.js$/;

/** Tesseract's own worker, as it is in its package. */
const recogniser = /^\/_next\/static\/media\/worker\.min\.[\w.~-]+\.js$/;

/**
 * Uploads and exports are streamed by our own handlers, since Next would buffer them, and the API is answered
 * by its own, since Next would cost it most of its speed; the rest is Next's.
 */
export function serveRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { handlePage, https }: { handlePage: Handler; https: boolean },
): void {
  const asked = req.url ?? "/";
  const own = withoutBase(asked);
  if (own === null) {
    refuseElsewhere(res, https);
    return;
  }
  const path = own.split("?", 1)[0] ?? "/";
  // proxy.ts replaces the policy for pages; built files, uploads and failures keep this one. The
  // API says the same by itself, all headers at once, which is much quicker.
  if (!isApi(path)) {
    const headers = headersOf(path)(https);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  }
  // Ours read what is below the base path, Next has it in what was built.
  req.url = own;
  const toNext: Handler = (request, answer) => {
    request.url = asked;
    return handlePage(request, answer);
  };
  const handled = doorOf(req, path, { handlePage: toNext, https })(req, res);
  handled.catch((error: unknown) => {
    logger().error({ err: error, path }, "the request failed");
    const headers = { ...inertHeaders(https), "content-type": "text/plain; charset=utf-8" };
    if (!res.headersSent) res.writeHead(500, headers);
    res.end("Internal Server Error");
  });
}

function headersOf(path: string): (https: boolean) => Record<string, string> {
  if (worker.test(path)) return workerHeaders;
  return recogniser.test(path) ? recogniserHeaders : inertHeaders;
}

/** What lies beside the base path is not ours, and has another owner behind the proxy. */
function refuseElsewhere(res: ServerResponse, https: boolean): void {
  res.writeHead(404, { ...inertHeaders(https), "content-type": "text/plain; charset=utf-8" });
  res.end("Not Found");
}

function isApi(path: string): boolean {
  return path === apiBase || path.startsWith(`${apiBase}/`);
}

function doorOf(
  req: IncomingMessage,
  path: string,
  { handlePage, https }: { handlePage: Handler; https: boolean },
): Handler {
  const below = (base: string) => path === base || path.startsWith(`${base}/`);
  const turns = once("server.turns", () => new Turns(https));
  if (below("/api/uploads")) return handleUpload;
  if (below("/api/exports")) return handleExport;
  if (isApi(path)) return turns.program;
  if (req.method !== "GET" && req.method !== "HEAD") return turns.form(handlePage);
  // Streams never end, and built files cost nothing: nobody waits for them as for a page.
  return below("/api") || below("/_next") ? handlePage : turns.person(handlePage);
}
