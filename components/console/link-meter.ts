/** What one question told: how long its answer took, and what came before the answer. */
export interface LinkSample {
  /** How long something that is sent now waits for what was sent before it. */
  delayMs: number;
  bytes: number;
  /** The delay when nothing waits. */
  idleMs: number;
  /** Bytes waited for the connection, so that it has given what it can. */
  full: boolean;
}

export interface LinkMeter {
  /** Something came. Returns whether a question should be sent now. */
  received(bytes: number, nowMs: number): boolean;
  asked(nowMs: number): void;
  answered(nowMs: number): LinkSample | null;
}

/** Between two questions; each costs eight bytes. */
const everyMs = 500;
/** With less before it an answer has waited for nothing: it tells the way alone. */
const idleBytes = 1024;
/** How much of a longer way is taken over. */
const weight = 0.2;
/** More than a busy page or portal adds. */
const fullMs = 40;
const fullTimes = 1.5;
/** Fewer bytes tell nothing of a connection's width. */
const leastBytes = 8 * 1024;

/**
 * Measures a connection by questions that the portal answers behind whatever it has sent before.
 * They are asked when an update begins to come, so that the rest of it is what the answer waits for;
 * the first one with the server's greeting, after which nothing comes by itself.
 */
export function createLinkMeter(): LinkMeter {
  let idle: number | null = null;
  let askedAt: number | null = null;
  let lastAsk = Number.NEGATIVE_INFINITY;
  let sinceAsked = 0;

  return {
    received(bytes, nowMs) {
      sinceAsked += bytes;
      return askedAt === null && nowMs - lastAsk >= everyMs;
    },
    asked(nowMs) {
      askedAt = nowMs;
      lastAsk = nowMs;
      sinceAsked = 0;
    },
    answered(nowMs) {
      if (askedAt === null) return null;
      const delayMs = Math.max(1, nowMs - askedAt);
      askedAt = null;
      const longer = sinceAsked < idleBytes ? weight : 0;
      idle = idle === null || delayMs < idle ? delayMs : idle + longer * (delayMs - idle);
      const idleMs = idle;
      const waited = delayMs > idleMs * fullTimes && delayMs - idleMs > fullMs;
      return { delayMs, bytes: sinceAsked, idleMs, full: waited && sinceAsked >= leastBytes };
    },
  };
}
