import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { withoutBase } from "@/lib/base-path";
import { logger } from "@/lib/log";
import { consoleDeps } from "./console-deps";
import { consolePaths, handleConsoleUpgrade } from "./console-upgrade";

export interface UpgradeOptions {
  development: boolean;
  /** The server that only Next's hot reload listens on. */
  nextServer: Server;
}

/** Consoles, in development hot reload, and nothing else. */
export function serveUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { development, nextServer }: UpgradeOptions,
): void {
  socket.on("error", (error) => logger().debug({ err: error }, "an upgraded socket failed"));
  const url = withoutBase(req.url ?? "/");
  const path = url?.split("?", 1)[0] ?? "";
  if (development && path.startsWith("/_next/")) {
    nextServer.emit("upgrade", req, socket, head);
    return;
  }
  if (path === consolePaths.own || path === consolePaths.visitor) {
    req.url = url ?? "";
    handleConsoleUpgrade(req, socket, head, consoleDeps());
    return;
  }
  socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
