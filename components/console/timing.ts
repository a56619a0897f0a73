/** Milliseconds that the connection waits for things, and between tries. */
export const timing = {
  retryFirstMs: 250,
  retryMaxMs: 4_000,
  /** While nobody answers: a question that costs nothing, asked often for some seconds … */
  unansweredMs: 400,
  /** … and after so many tries less and less often. */
  unansweredTries: 20,
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
 * How long to wait before try number `attempt` (1 is the first retry): doubling from 250 ms to
 * 4 s. A portal that does not answer at all is most often one that restarts: it is asked every
 * 400 ms for a while, so that the picture is back soon after it is. The jitter of ±20 % keeps it
 * from being asked by all tabs in the same moment.
 */
export function retryDelayMs(attempt: number, random: number, unanswered = false): number {
  return Math.round(plainDelayMs(attempt, unanswered) * (0.8 + 0.4 * random));
}

function plainDelayMs(attempt: number, unanswered: boolean): number {
  if (attempt <= 1) return timing.retryFirstMs;
  const [fromMs, doublings] = unanswered
    ? [timing.unansweredMs, Math.max(0, attempt - timing.unansweredTries)]
    : [timing.retryFirstMs, attempt - 1];
  return Math.min(timing.retryMaxMs, fromMs * 2 ** doublings);
}
