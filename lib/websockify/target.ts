import { connect, type NetConnectOpts, type Socket } from "node:net";
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

const nobody: TargetListener = () => false;
function ignore(): void {}

/** Not a literal: closures of the attempt to connect would be kept as long as the target. */
class SocketTarget implements Target {
  readonly socket: Socket;
  private listener: TargetListener = nobody;

  constructor(address: TargetAddress) {
    const onread = {
      buffer: readBuffer,
      callback: (length: number, buffer: Uint8Array) => this.listener(buffer as Buffer, length),
    };
    this.socket = connect({ ...address, noDelay: true, onread } as NetConnectOpts);
    this.socket.pause();
    // Whoever uses the target learns of its end by "close"; the reason is `socket.errored`.
    this.socket.on("error", ignore);
  }

  receive(listener: TargetListener): void {
    this.listener = listener;
    this.socket.resume();
  }
}

/**
 * Connects to a unix socket path or a TCP address. Rejects with the system's error, with
 * `ETIMEDOUT` after `timeoutMs`, or with the signal's reason; nothing stays open then.
 */
export function connectTarget(
  address: TargetAddress,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<Target> {
  const target = new SocketTarget(address);
  const { socket } = target;
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      socket.removeListener("error", give);
      socket.removeListener("connect", connected);
      options.signal?.removeEventListener("abort", abort);
    };
    const give = (reason: unknown) => {
      settle();
      socket.destroy();
      reject(reason);
    };
    const abort = () => give(options.signal?.reason);
    const connected = () => {
      settle();
      resolve(target);
    };
    const timer = setTimeout(() => give(timedOut("connecting")), options.timeoutMs);
    if (options.signal?.aborted) return abort();
    options.signal?.addEventListener("abort", abort);
    socket.once("error", give);
    socket.once("connect", connected);
  });
}

/** The error for a peer that did not answer in time. */
export function timedOut(what: string): Error {
  return Object.assign(new Error(`${what} took too long`), { code: "ETIMEDOUT" });
}
