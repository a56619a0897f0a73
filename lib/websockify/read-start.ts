import { type Target, timedOut } from "./target";

const maxStartBytes = 64 * 1024;

export interface StartOptions {
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * Reads what a server says first, until `isWhole` says so of all of it so far, and leaves the
 * target paused. Rejects, and closes the target, with what `isWhole` throws, with `EPROTO` beyond
 * 64 KiB, `ETIMEDOUT` when it is late, `ECONNRESET` when it is cut off, and with the signal's
 * reason.
 */
export function readStart(
  target: Target,
  isWhole: (read: Buffer) => boolean,
  options: StartOptions,
): Promise<Buffer> {
  const { socket } = target;
  return new Promise((resolve, reject) => {
    let read: Buffer = Buffer.alloc(0);
    const settle = () => {
      clearTimeout(timer);
      socket.removeListener("close", cut);
      options.signal?.removeEventListener("abort", abort);
    };
    const give = (error: unknown) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const cut = () =>
      give(Object.assign(new Error("closed before the greeting"), { code: "ECONNRESET" }));
    const abort = () => give(options.signal?.reason);
    const timer = setTimeout(() => give(timedOut("the greeting")), options.timeoutMs);
    if (options.signal?.aborted) return abort();
    options.signal?.addEventListener("abort", abort);
    socket.once("close", cut);
    target.receive((buffer, length) => {
      read = Buffer.concat([read, buffer.subarray(0, length)]);
      try {
        if (read.length > maxStartBytes) {
          throw Object.assign(new Error("too long a greeting"), { code: "EPROTO" });
        }
        if (!isWhole(read)) return true;
        settle();
        // Kept as long as the console, and so must not hold the pool that small buffers are parts of.
        const own = Buffer.allocUnsafeSlow(read.length);
        read.copy(own);
        resolve(own);
      } catch (error) {
        give(error);
      }
      return false;
    });
  });
}
