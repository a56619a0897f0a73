import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBridge } from "../bridge";
import type { Bridge, BridgeOptions } from "../bridge-options";
import { acceptHandshake, readHandshake, refuseHandshake } from "../handshake";
import { connectTarget } from "../target";

const cleanups: (() => Promise<void>)[] = [];

/** Ends what the helpers of this file started, last first. */
export async function cleanUp(): Promise<void> {
  for (const each of cleanups.splice(0).reverse()) await each();
}

/** A server on a unix socket of this test's own. */
export async function unixServer(
  serve: (socket: Socket) => void,
): Promise<{ path: string; server: Server }> {
  const folder = mkdtempSync(join(tmpdir(), "portico-ws-"));
  const path = join(folder, "target.sock");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });
  return { path, server };
}

export interface WsProxy {
  url: string;
  port: number;
  /** The bridges so far, in the order in which they were opened. */
  bridges: Bridge[];
}

/** A WebSocket server of the library's own parts before the given unix socket. */
export async function startProxy(
  path: string,
  options: (bridges: Bridge[]) => Omit<BridgeOptions, "socket" | "head" | "target"> = () => ({}),
): Promise<WsProxy> {
  const bridges: Bridge[] = [];
  const server = createHttp();
  server.on("upgrade", (req, socket, head) => {
    const read = readHandshake(req);
    if (!read.ok) {
      refuseHandshake(socket, read.refusal);
      return;
    }
    connectTarget({ path }, { timeoutMs: 30_000 }).then(
      (target) => {
        const { handshake } = read;
        acceptHandshake(socket, handshake, handshake.protocols[0]);
        bridges.push(openBridge({ ...options(bridges), socket, head, target }));
      },
      () => refuseHandshake(socket, { status: 503, text: "no target" }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    for (const bridge of bridges) bridge.close(1001, "the test is over");
    await Promise.all(bridges.map((bridge) => bridge.ended));
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}/`, port, bridges };
}
