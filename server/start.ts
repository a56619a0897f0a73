import http from "node:http";
import next from "next";
import { type Env, env, portalAddress } from "@/lib/env";
import { logger } from "@/lib/log";
import { boot, type Running } from "./boot";
import { loadPages } from "./load-pages";
import { neighbours } from "./neighbours";
import { ownHeaders } from "./own-headers";
import { plainConnections } from "./plain-connections";
import { serveRequest } from "./serve-request";
import { serveUpgrade } from "./serve-upgrade";
import { stopOnSignal } from "./stop";

/**
 * Longer than the minute after which a proxy lets go of an idle connection: were we the first, a
 * request could be on its way on a connection that we close, and the proxy would answer 502.
 */
const keepAliveMs = 75_000;

/**
 * Starts the portal; resolves when it listens and says so. What nobody waits for begins then:
 * `settled` resolves when that is loaded too.
 */
export async function startPortal(): Promise<{ settled: Promise<void> }> {
  const settings = env();
  const development = settings.NODE_ENV === "development";

  // Next attaches its own upgrade listener and ends sockets whose path it knows; with a server of
  // its own that nobody listens on, upgrades reach us first, and hot reload still works.
  const nextServer = http.createServer();
  const app = next({ dev: development, httpServer: nextServer, port: settings.PORT });

  const running = await boot(settings);
  await app.prepare();
  const handlePage = app.getRequestHandler();
  const https = settings.PORTICO_ORIGIN?.startsWith("https://") ?? false;

  const options = { requestTimeout: 0, headersTimeout: 15_000, keepAliveTimeout: keepAliveMs };
  const server = http.createServer(options, (req, res) => {
    ownHeaders(req, settings);
    serveRequest(req, res, { handlePage, https });
  });
  server.on("upgrade", (req, socket, head) => {
    ownHeaders(req, settings);
    serveUpgrade(req, socket, head, { development, nextServer });
  });
  await listen(server, settings);
  stopOnSignal(server, running);
  greet(server, settings, running);
  running.work();
  return { settled: development ? Promise.resolve() : loadPages() };
}

function listen(server: http.Server, settings: Env): Promise<void> {
  server.on("error", (error: NodeJS.ErrnoException) => {
    const text =
      error.code === "EADDRINUSE"
        ? `Port ${settings.PORT} is taken. Choose another: PORT=3001 npm start`
        : `Cannot listen on ${settings.PORTICO_LISTEN}:${settings.PORT}: ${error.message}`;
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
  return new Promise((done) => server.listen(settings.PORT, settings.PORTICO_LISTEN, done));
}

function greet(server: http.Server, settings: Env, running: Running): void {
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : settings.PORT;
  const address = portalAddress() ?? `http://localhost:${port}`;
  process.stdout.write(`Portico is ready at ${address}\n`);
  const warnings = [...plainConnections(settings), ...neighbours(settings)];
  for (const text of warnings) process.stderr.write(`Warning: ${text}\n`);
  running.greet(address).catch((error: unknown) => {
    logger().error({ err: error }, "the setup link could not be made");
  });
}
