import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The way between browser and portal, which a test can make slow or cut. */
export interface Network {
  port: number;
  /** Where new connections go from now on; those that are open are dropped. */
  leadTo(targetPort: number): void;
  /** How fast bytes go to the portal; null is as fast as they can. */
  limitUpload(bytesPerSecond: number | null): void;
  /** Drops every connection and refuses new ones until `restore`. */
  cut(): void;
  restore(): void;
  /** Bytes that went to the portal so far. */
  uploaded(): number;
  stop(): Promise<void>;
}

const sliceBytes = 64 * 1024;

/** A TCP relay on a free port of loopback to `targetPort`, with faults on demand. */
export async function startNetwork(firstTarget: number): Promise<Network> {
  let targetPort = firstTarget;
  let bytesPerSecond: number | null = null;
  let isCut = false;
  let uploaded = 0;
  const sockets = new Set<Socket>();

  /** Passes bytes on in slices, each in the time that the limit gives it. */
  async function relayUpload(from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; start += sliceBytes) {
        const slice = chunk.subarray(start, start + sliceBytes);
        if (bytesPerSecond !== null) {
          const pauseMs = (slice.length / bytesPerSecond) * 1000;
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
        uploaded += slice.length;
        if (!to.write(slice)) await once(to, "drain");
      }
    }
    to.end();
  }

  const server = createServer({ allowHalfOpen: true }, (browser) => {
    if (isCut) {
      browser.destroy();
      return;
    }
    const portal = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
    for (const [socket, other] of [
      [browser, portal],
      [portal, browser],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    relayUpload(browser, portal).catch(() => portal.destroy());
    portal.pipe(browser);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    leadTo(port) {
      targetPort = port;
      drop();
    },
    limitUpload: (limit) => {
      bytesPerSecond = limit;
    },
    cut: () => {
      isCut = true;
      drop();
    },
    restore: () => {
      isCut = false;
    },
    uploaded: () => uploaded,
    async stop() {
      server.close();
      drop();
    },
  };
}
