import { type Target, timedOut } from "./target";

const greetingBytes = 12;
const maxGreetingBytes = 64 * 1024;
const greetingPattern = /^RFB \d{3}\.\d{3}\n/;

/**
 * Waits for the RFB server's version line, which tells that it serves and not only listens, and
 * leaves the target paused. Resolves to the bytes read (the line, as a rule nothing else), which
 * the browser has yet to get. Rejects, and closes the target, when the line is wrong (`EPROTO`),
 * late (`ETIMEDOUT`) or cut off (`ECONNRESET`), and with the signal's reason.
 */
export function readGreeting(
  target: Target,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<Buffer> {
  const { socket } = target;
  return new Promise((resolve, reject) => {
    let greeting: Buffer = Buffer.alloc(0);
    const settle = () => {
      clearTimeout(timer);
      socket.removeListener("close", cut);
      options.signal?.removeEventListener("abort", abort);
    };
    const give = (error: Error) => {
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
      greeting = Buffer.concat([greeting, buffer.subarray(0, length)]);
      if (greeting.length < greetingBytes) return true;
      const text = greeting.toString("latin1", 0, greetingBytes);
      if (!greetingPattern.test(text) || greeting.length > maxGreetingBytes) {
        give(Object.assign(new Error("not an RFB server"), { code: "EPROTO" }));
      } else {
        settle();
        // Kept as long as the console, and so must not hold the pool that small buffers are parts of.
        const own = Buffer.allocUnsafeSlow(greeting.length);
        greeting.copy(own);
        resolve(own);
      }
      return false;
    });
  });
}
