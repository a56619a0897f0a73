import type { IncomingMessage, ServerResponse } from "node:http";
import { handleApi } from "@/lib/api/http/process-handler";
import { apiBase } from "@/lib/api/spec/operations";
import { inertHeaders } from "@/lib/auth/security-headers";
import { logger } from "@/lib/log";
import { handleUpload } from "@/lib/services/image/tus-server";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * Uploads are streamed by our own handler, since Next would buffer them, and the API is answered
 * by its own, since Next would cost it most of its speed; the rest is Next's.
 */
export function serveRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { handlePage, https }: { handlePage: Handler; https: boolean },
): void {
  const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
  // proxy.ts replaces the policy for pages; built files, uploads and failures keep this one.
  for (const [name, value] of Object.entries(inertHeaders(https))) res.setHeader(name, value);
  const handled = doorOf(path, handlePage)(req, res);
  handled.catch((error: unknown) => {
    logger().error({ err: error, path }, "the request failed");
    if (!res.headersSent) res.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
    res.end("Internal Server Error");
  });
}

function doorOf(path: string, handlePage: Handler): Handler {
  const below = (base: string) => path === base || path.startsWith(`${base}/`);
  if (below("/api/uploads")) return handleUpload;
  return below(apiBase) ? handleApi : handlePage;
}
