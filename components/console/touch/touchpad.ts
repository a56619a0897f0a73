/** A finger on the screen, in CSS pixels. */
export interface Finger {
  id: number;
  x: number;
  y: number;
}

/** What fingers on a touchpad mean. */
export type PadAction =
  | { kind: "move" | "scroll"; dx: number; dy: number }
  /** One finger is the left button, two the right, three the middle one. */
  | { kind: "tap"; fingers: 1 | 2 | 3 }
  /** The left button goes down, and up again. */
  | { kind: "press" | "release" }
  /** Two fingers have so many times the distance they had, around this point. */
  | { kind: "pinch"; factor: number; x: number; y: number };

export interface Touchpad {
  /** All fingers that are down now. */
  touch(fingers: readonly Finger[], nowMs: number): PadAction[];
}

/** A tap is over by then. */
const tapMs = 300;
/** A finger that comes down so soon after a tap drags. */
const dragMs = 300;
/** Fingers are never quite still. */
const slackPx = 8;
const twoSlackPx = 12;
/** A quick finger goes further. */
const mostGain = 3;
const gainPx = 12;

interface Gesture {
  since: number;
  /** The most fingers that it had. */
  most: number;
  first: readonly Finger[];
  moved: boolean;
  /** What two fingers do, once that can be told. */
  two: "pinch" | "scroll" | null;
  /** It began right after a tap. */
  drags: boolean;
  pressed: boolean;
}

/** Recognises what fingers do, as on a laptop: the guest's pointer moves by what they move. */
export function createTouchpad(): Touchpad {
  let before: readonly Finger[] = [];
  let gesture: Gesture | null = null;
  let tappedAt = Number.NEGATIVE_INFINITY;

  function begin(fingers: readonly Finger[], nowMs: number): Gesture {
    const drags = fingers.length === 1 && nowMs - tappedAt < dragMs;
    const most = fingers.length;
    return { since: nowMs, most, first: fingers, moved: false, two: null, drags, pressed: false };
  }

  function end({ moved, most, since, pressed }: Gesture, nowMs: number): PadAction[] {
    tappedAt = Number.NEGATIVE_INFINITY;
    if (pressed) return [{ kind: "release" }];
    if (moved || nowMs - since > tapMs) return [];
    if (most === 1) tappedAt = nowMs;
    return most === 1 || most === 2 || most === 3 ? [{ kind: "tap", fingers: most }] : [];
  }

  function moveOne(of: Gesture, now: Finger, last: Finger): PadAction[] {
    const [first = now] = of.first;
    if (!of.moved && distance(first, now) < slackPx) return [];
    const actions: PadAction[] = [];
    if (!of.moved && of.drags) {
      of.pressed = true;
      actions.push({ kind: "press" });
    }
    of.moved = true;
    const gain = Math.min(mostGain, 1 + distance(last, now) / gainPx);
    actions.push({ kind: "move", dx: (now.x - last.x) * gain, dy: (now.y - last.y) * gain });
    return actions;
  }

  function moveTwo(of: Gesture, now: readonly Finger[], last: readonly Finger[]): PadAction[] {
    const [from, was, is] = [spread(of.first), spread(last), spread(now)];
    const apart = Math.abs(is.apart - from.apart);
    const along = distance(from, is);
    if (of.two === null) {
      if (Math.max(apart, along) < twoSlackPx) return [];
      of.moved = true;
      of.two = apart > along ? "pinch" : "scroll";
    }
    if (of.two === "scroll") return [{ kind: "scroll", dx: is.x - was.x, dy: is.y - was.y }];
    return [{ kind: "pinch", factor: is.apart / Math.max(1, was.apart), x: is.x, y: is.y }];
  }

  function go(of: Gesture, now: readonly Finger[], last: readonly Finger[]): PadAction[] {
    const [one] = now;
    const [old] = last;
    if (of.most === 1 && one && old) return moveOne(of, one, old);
    if (of.most === 2) return moveTwo(of, now, last);
    of.moved ||= distance(spread(of.first), spread(now)) > twoSlackPx;
    return [];
  }

  return {
    touch(fingers, nowMs) {
      const last = before;
      before = fingers;
      if (fingers.length === 0) {
        const ended = gesture;
        gesture = null;
        return ended === null ? [] : end(ended, nowMs);
      }
      gesture ??= begin(fingers, nowMs);
      if (fingers.length > gesture.most) {
        // Pressed already: the finger that joins only rests there.
        if (!gesture.pressed) gesture = { ...gesture, most: fingers.length, first: fingers };
        return [];
      }
      const same = fingers.length === last.length && fingers.length === gesture.most;
      return same ? go(gesture, fingers, last) : [];
    },
  };
}

function distance(one: { x: number; y: number }, other: { x: number; y: number }): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** The middle of fingers, and how far the first is from the last. */
function spread(fingers: readonly Finger[]): { x: number; y: number; apart: number } {
  const first = fingers[0] ?? { x: 0, y: 0 };
  const last = fingers.at(-1) ?? first;
  return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, apart: distance(first, last) };
}
