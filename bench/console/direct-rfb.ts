import { once } from "node:events";
import { connect } from "node:net";
import { ByteReader } from "@/e2e/helpers/byte-reader";

/** Connects to a VNC server on a unix socket; gives the milliseconds to the first whole screen, raw. */
export async function firstFramebufferMs(path: string): Promise<number> {
  const start = performance.now();
  const socket = connect(path);
  const reader = new ByteReader(socket);
  try {
    await once(socket, "connect");
    await reader.take(12);
    socket.write("RFB 003.008\n");
    const [methods = 0] = await reader.take(1);
    await reader.take(methods);
    socket.write(Buffer.from([1]));
    await reader.take(4);
    socket.write(Buffer.from([1]));
    const init = await reader.take(24);
    const [width, height] = [init.readUInt16BE(0), init.readUInt16BE(2)];
    const pixelBytes = (init[4] ?? 0) / 8;
    await reader.take(init.readUInt32BE(20));
    const ask = Buffer.from([2, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    ask.writeUInt16BE(width, 14);
    ask.writeUInt16BE(height, 16);
    socket.write(ask);
    const rectangles = (await reader.take(4)).readUInt16BE(2);
    for (let at = 0; at < rectangles; at += 1) {
      const head = await reader.take(12);
      await reader.take(head.readUInt16BE(4) * head.readUInt16BE(6) * pixelBytes);
    }
    return performance.now() - start;
  } finally {
    socket.destroy();
  }
}

/** Resolves, with the time of day in milliseconds, as soon as somebody listens on the socket. */
export async function listeningAtMs(path: string): Promise<number> {
  for (;;) {
    const socket = connect(path);
    try {
      await once(socket, "connect");
      return Date.now();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      socket.destroy();
    }
  }
}
