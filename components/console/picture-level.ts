import type { PictureLevel } from "@/lib/model/first-picture";
import type { LinkSample } from "./link-meter";
import type { PictureChoice } from "./picture";

/** From the widest connection to the narrowest. */
export const levels = [
  { compression: 1, quality: 8 },
  { compression: 2, quality: 6 },
  { compression: 6, quality: 4 },
  { compression: 9, quality: 2 },
] as const satisfies readonly PictureLevel[];

/** Bytes a second above which the level before holds. */
const bounds = [8 * 1024 * 1024, 1024 * 1024, 160 * 1024] as const;
/** How far beyond a bound the connection must be before it is crossed. */
const margin = 1.4;
/** Samples in a row that say the same before anything changes. */
const agreeing = 2;
/** Samples without any waiting after which less packing is tried, and the most of them. */
const firstPatience = 8;
const mostPatience = 128;
/** Smaller updates say nothing of what a larger one would wait for. */
const tellingBytes = 2 * 1024;
/** How much of a new figure is taken over. */
const weight = 0.4;

/** What is known of a connection, and what is made of it. */
export interface Judgement {
  /** Index among `levels`. */
  at: number;
  /** What the connection gives; null while it was never full. */
  bytesPerSecond: number | null;
  /** On the way there and back, with nothing waiting. */
  roundTripMs: number | null;
  /** In which direction the last samples pointed, and how many did. */
  pull: number;
  calm: number;
  patience: number;
  /** The last step was a trial, for nothing had waited. */
  tried: boolean;
}

export const firstJudgement: Judgement = {
  at: 1,
  bytesPerSecond: null,
  roundTripMs: null,
  pull: 0,
  calm: 0,
  patience: firstPatience,
  tried: false,
};

/** What a picture is asked for as. */
export function levelFor(choice: PictureChoice, judged = firstJudgement): PictureLevel {
  if (choice === "best") return { compression: 1, quality: 9 };
  if (choice === "least") return { compression: 9, quality: 0 };
  return levels[judged.at] ?? levels[1];
}

/**
 * Goes on from one sample. A connection that was full leads to the level of what it gave, with a
 * margin on both sides of each bound. One on which nothing waits tells no width: now and then the
 * next better level is tried, more seldom each time that proves too much.
 */
export function judge(before: Judgement, sample: LinkSample): Judgement {
  const known = { ...before, roundTripMs: sample.idleMs };
  return sample.full ? judgeFull(known, sample) : judgeCalm(known, sample);
}

function judgeFull(known: Judgement, { bytes, forMs }: LinkSample): Judgement {
  const now = (1000 * bytes) / forMs;
  const old = known.bytesPerSecond ?? now;
  const bytesPerSecond = old + weight * (now - old);
  const to = levelOf(known.at, bytesPerSecond);
  const way = Math.sign(to - known.at);
  const same = way !== 0 && way === Math.sign(known.pull);
  const pull = same ? known.pull + way : way;
  if (Math.abs(pull) < agreeing) return { ...known, bytesPerSecond, pull, calm: 0 };
  const patience =
    known.tried && way > 0 ? Math.min(mostPatience, 2 * known.patience) : known.patience;
  return { ...known, at: to, bytesPerSecond, pull: 0, calm: 0, patience, tried: false };
}

function judgeCalm(known: Judgement, { bytes }: LinkSample): Judgement {
  if (bytes < tellingBytes) return known;
  const calm = known.calm + 1;
  if (calm < known.patience || known.at === 0) return { ...known, pull: 0, calm };
  // Its width is not known any more: it gives at least this.
  return { ...known, at: known.at - 1, pull: 0, calm: 0, tried: true, bytesPerSecond: null };
}

/** The level of a width, seen from the level that holds. */
function levelOf(at: number, bytesPerSecond: number): number {
  let to = at;
  while (to > 0 && bytesPerSecond > (bounds[to - 1] ?? 0) * margin) to -= 1;
  if (to !== at) return to;
  while (to < bounds.length && bytesPerSecond < (bounds[to] ?? 0) / margin) to += 1;
  return to;
}
