import type { Server } from "node:http";
import { logger } from "@/lib/log";
import type { Running } from "./boot";

const drainMs = 8_000;

/**
 * Ends the process in order on SIGTERM or SIGINT: no new connections, consoles are told that
 * the portal is going away, running steps get their time, then the hosts are let go. Guests
 * belong to libvirt and are not touched. A second signal ends it at once.
 */
export function stopOnSignal(server: Server, running: Running): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    logger().info({ signal }, "stopping");
    const deadline = setTimeout(() => process.exit(1), drainMs);
    deadline.unref();
    server.close();
    server.closeIdleConnections();
    await running.stop();
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger().error({ err: error }, "stopping failed");
        process.exit(1);
      });
    });
  }
}
