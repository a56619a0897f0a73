import type { Duplex } from "node:stream";
import type { CloseWith } from "./bridge-options";
import { closeFrame } from "./encode";

const closingMs = 1_000;

/** Ends a WebSocket that nothing was carried over, within a second. */
export function endWebSocket(socket: Duplex, { code, reason }: CloseWith): void {
  const timer = setTimeout(() => socket.destroy(), closingMs);
  socket.on("error", () => undefined);
  socket.once("close", () => clearTimeout(timer));
  socket.end(closeFrame(code, reason));
  // Reading on lets the peer's own close frame arrive; its end then ends ours.
  socket.resume();
}
