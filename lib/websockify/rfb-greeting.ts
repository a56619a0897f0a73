import { readStart, type StartOptions } from "./read-start";
import type { Target } from "./target";

export const greetingBytes = 12;
const greetingPattern = /^RFB \d{3}\.\d{3}\n/;

/**
 * Waits for the RFB server's version line, which tells that it serves and not only listens, and
 * leaves the target paused. Resolves to the bytes read (the line, as a rule nothing else), which
 * the browser has yet to get. Rejects, and closes the target, when the line is wrong (`EPROTO`),
 * late (`ETIMEDOUT`) or cut off (`ECONNRESET`), and with the signal's reason.
 */
export function readGreeting(target: Target, options: StartOptions): Promise<Buffer> {
  return readStart(target, hasGreeting, options);
}

/** Whether the line is there. Throws `EPROTO` for another one. */
export function hasGreeting(read: Buffer): boolean {
  if (read.length < greetingBytes) return false;
  if (greetingPattern.test(read.toString("latin1", 0, greetingBytes))) return true;
  throw Object.assign(new Error("not an RFB server"), { code: "EPROTO" });
}
