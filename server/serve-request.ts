import type { IncomingMessage, ServerResponse } from "node:http";
import { logger } from "@/lib/log";
import { handleUpload } from "@/lib/services/image/tus-server";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Uploads are streamed by our own handler, since Next would buffer them; the rest is Next's. */
export function serveRequest(req: IncomingMessage, res: ServerResponse, handlePage: Handler): void {
  const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
  const isUpload = path === "/api/uploads" || path.startsWith("/api/uploads/");
  // Built files are outside proxy.ts, which sets the other headers.
  if (path.startsWith("/_next/")) res.setHeader("X-Content-Type-Options", "nosniff");
  const handled = isUpload ? handleUpload(req, res) : handlePage(req, res);
  handled.catch((error: unknown) => {
    logger().error({ err: error, path }, "the request failed");
    if (!res.headersSent) res.writeHead(500, { "content-type": "text/plain" });
    res.end("Internal Server Error");
  });
}
