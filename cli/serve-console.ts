import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { createWebSocketStream } from "ws";
import type { Client } from "./client";
import { openConsole } from "./open-console";
import type { Printer } from "./printer";

/**
 * Carries a VM's screen to VNC viewers of this machine: every viewer gets a console of its own,
 * by a fresh ticket. Resolves when the signal ends it.
 */
export async function serveConsole(
  client: Client,
  vmId: string,
  port: number,
  print: Printer,
  signal: AbortSignal,
): Promise<void> {
  const server = createServer((viewer) => {
    carry(client, vmId, viewer, print).catch((error: unknown) => {
      print.progress(error instanceof Error ? error.message : String(error));
      viewer.destroy();
    });
  });
  // Nobody but this machine: VNC itself asks for nothing.
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  print.result(`vnc://127.0.0.1:${bound} (Ctrl-C ends it)`, { host: "127.0.0.1", port: bound });
  await once(signal, "abort");
  server.close();
}

async function carry(client: Client, vmId: string, viewer: Socket, print: Printer): Promise<void> {
  const ticket = await client.call("createConsoleTicket", { vmId });
  if (ticket.recorded) print.progress("This screen is recorded: the project wants it.");
  const stream = createWebSocketStream(openConsole(client, ticket));
  await pipeline(viewer, stream, viewer);
}
