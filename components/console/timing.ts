/** Milliseconds that the connection waits for things, and between tries. */
export const timing = {
  retryFirstMs: 250,
  retryMaxMs: 4_000,
  ticketMs: 15_000,
  firstFrameMs: 15_000,
  /** A connection that lived this long starts the next series of retries from the beginning. */
  stableMs: 5_000,
  /** After this much silence a connected screen is asked whether it is still there … */
  probeEveryMs: 30_000,
  /** … and has this long to answer: a guest that is busy with its disk may be slow. */
  probeAnswerMs: 20_000,
  /** How long the inventory may lag behind a "guest stopped" before it is believed again. */
  recheckMs: 4_000,
} as const;

/**
 * How long to wait before try number `attempt` (1 is the first retry): doubling from
 * 250 ms to 4 s. The jitter of ±20 % keeps a portal that has just restarted from being
 * asked by all tabs in the same moment.
 */
export function retryDelayMs(attempt: number, random: number): number {
  const plain = Math.min(timing.retryMaxMs, timing.retryFirstMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(plain * (0.8 + 0.4 * random));
}
