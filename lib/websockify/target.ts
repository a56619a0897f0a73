import { connect, type NetConnectOpts } from "node:net";
import type { Duplex } from "node:stream";
import { readBuffer } from "./slab";

/** Gets what was read: the first `length` bytes of `buffer`, valid during the call only. */
export type TargetListener = (buffer: Buffer, length: number) => boolean;

/**
 * The raw stream behind a console, read into a buffer that all targets share. It is paused until
 * somebody `receive`s, and again when the listener returns false, until `socket.resume()`.
 */
export interface Target {
  readonly socket: Duplex;
  receive(listener: TargetListener): void;
}

export type TargetAddress = { path: string } | { host: string; port: number };

/**
 * Connects to a unix socket path or a TCP address. Rejects with the system's error, with
 * `ETIMEDOUT` after `timeoutMs`, or with the signal's reason; nothing stays open then.
 */
export function connectTarget(
  address: TargetAddress,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<Target> {
  let listener: TargetListener = () => false;
  const onread = {
    buffer: readBuffer,
    callback: (length: number, buffer: Uint8Array) => listener(buffer as Buffer, length),
  };
  const socket = connect({ ...address, noDelay: true, onread } as NetConnectOpts);
  socket.pause();
  // Whoever uses the target learns of its end by "close"; the reason is `socket.errored`.
  socket.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      socket.removeListener("error", give);
      options.signal?.removeEventListener("abort", abort);
    };
    const give = (reason: unknown) => {
      settle();
      socket.destroy();
      reject(reason);
    };
    const abort = () => give(options.signal?.reason);
    const timer = setTimeout(() => give(timedOut("connecting")), options.timeoutMs);
    if (options.signal?.aborted) return abort();
    options.signal?.addEventListener("abort", abort);
    socket.once("error", give);
    socket.once("connect", () => {
      settle();
      resolve({
        socket,
        receive(next) {
          listener = next;
          socket.resume();
        },
      });
    });
  });
}

/** The error for a peer that did not answer in time. */
export function timedOut(what: string): Error {
  return Object.assign(new Error(`${what} took too long`), { code: "ETIMEDOUT" });
}
