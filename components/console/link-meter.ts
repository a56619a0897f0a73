/** What one question told: how long its answer took, and what came before the answer. */
export interface LinkSample {
  /** How long something that is sent now waits for what was sent before it. */
  delayMs: number;
  /** The delay when nothing waits: the way there and back. */
  idleMs: number;
  /** What came, and for how long it was on its way. */
  bytes: number;
  forMs: number;
  /** Bytes waited for the connection, so that it has given what it can. */
  full: boolean;
}

export interface LinkMeter {
  /** Something came. Returns in how many milliseconds a question is to be sent; null: in none. */
  received(bytes: number, nowMs: number): number | null;
  asked(nowMs: number): void;
  answered(nowMs: number): LinkSample | null;
}

/** Between two questions; each costs eight bytes. */
const everyMs = 500;
/** By then a server that has something more to show has begun to send it. */
const settleMs = 60;
/** More than a busy page or portal adds. */
const fullMs = 40;
const fullTimes = 1.5;
/** Fewer bytes tell nothing of a connection's width. */
const leastBytes = 4 * 1024;
/** With less before it an answer has waited for nothing: it tells the way alone. */
const idleBytes = 1024;
/** How much of a longer way is taken over. */
const weight = 0.2;

/**
 * Measures a connection by questions that the portal answers behind whatever it has sent before.
 * The first goes out with the server's greeting, after which nothing comes by itself. The others
 * follow an update when the next one, which noVNC asks for at once, should be on its way: a narrow
 * connection is then busy with it, and the answer comes behind it.
 */
export function createLinkMeter(): LinkMeter {
  let idle: number | null = null;
  let begunAt: number | null = null;
  let askedAt: number | null = null;
  let lastBegun = Number.NEGATIVE_INFINITY;
  let bytesSince = 0;

  return {
    received(bytes, nowMs) {
      bytesSince += bytes;
      if (begunAt !== null || nowMs - lastBegun < everyMs) return null;
      begunAt = nowMs;
      lastBegun = nowMs;
      bytesSince = 0;
      return idle === null ? 0 : idle + settleMs;
    },
    asked(nowMs) {
      askedAt = nowMs;
    },
    answered(nowMs) {
      if (begunAt === null || askedAt === null) return null;
      const delayMs = Math.max(1, nowMs - askedAt);
      const longer = bytesSince < idleBytes ? weight : 0;
      idle = idle === null || delayMs < idle ? delayMs : idle + longer * (delayMs - idle);
      const sample = {
        delayMs,
        idleMs: idle,
        bytes: bytesSince,
        // What came had been asked for at the beginning, and took the way there and back at least.
        forMs: Math.max(1, nowMs - begunAt - idle),
        full: delayMs > idle * fullTimes && delayMs - idle > fullMs && bytesSince >= leastBytes,
      };
      begunAt = null;
      askedAt = null;
      return sample;
    },
  };
}
