import type { Duplex } from "node:stream";
import type { Target } from "./target";

/** Makes a target of a stream that is open already; its end counts as its close. */
export function streamTarget(stream: Duplex): Target {
  stream.once("end", () => stream.destroy());
  // Whoever uses the target learns of its end by "close"; the reason is `errored`.
  stream.on("error", () => undefined);
  return {
    socket: stream,
    receive(listener) {
      stream.on("data", (piece: Buffer) => {
        if (!listener(piece, piece.length)) stream.pause();
      });
    },
  };
}
