import type { Stroke } from "./layout";
import type { PlannedKey } from "./plan-text";

/** One key going down or up. */
export interface KeyEvent {
  keysym: number;
  code: string;
  down: boolean;
}

const modifiers = {
  shift: { keysym: 0xffe1, code: "ShiftLeft" },
  altGr: { keysym: 0xfe03, code: "AltRight" },
} as const;

const chordKeysyms: Readonly<Record<string, number>> = {
  AltLeft: 0xffe9,
  ShiftLeft: 0xffe1,
  ControlLeft: 0xffe3,
  MetaLeft: 0xffeb,
  Space: 0x20,
  CapsLock: 0xffe5,
};

/** Keys whose scan code has a prefix, which takes a place of its own in a keyboard's queue. */
const prefixed: ReadonlySet<string> = new Set(["AltRight", "MetaLeft"]);

/** A group of planned keys that fits into the guest's keyboard at once. */
export interface KeyChunk {
  events: readonly KeyEvent[];
  /** How many planned keys it makes. */
  keys: number;
}

/** Places in the keyboard's queue that events take. */
export function queuePlaces(events: readonly KeyEvent[]): number {
  return events.reduce((sum, { code }) => sum + (prefixed.has(code) ? 2 : 1), 0);
}

/**
 * Makes key events of planned keys, in chunks of at most `places`. Within a chunk a modifier stays
 * down for as long as it is needed; at its end nothing is down. A character is never divided.
 */
export function chunkKeys(keys: readonly PlannedKey[], places: number): KeyChunk[] {
  const chunks: KeyChunk[] = [];
  let taken: PlannedKey[] = [];
  let events: readonly KeyEvent[] = [];
  for (const key of keys) {
    const longer = eventsOf([...taken, key]);
    if (taken.length > 0 && queuePlaces(longer) > places) {
      chunks.push({ events, keys: taken.length });
      taken = [key];
      events = eventsOf(taken);
    } else {
      taken.push(key);
      events = longer;
    }
  }
  if (taken.length > 0) chunks.push({ events, keys: taken.length });
  return chunks;
}

function eventsOf(keys: readonly PlannedKey[]): KeyEvent[] {
  const events: KeyEvent[] = [];
  const held = { shift: false, altGr: false };

  function hold(wanted: Pick<Stroke, "shift" | "altGr">): void {
    for (const name of ["shift", "altGr"] as const) {
      if (held[name] === wanted[name]) continue;
      held[name] = wanted[name];
      events.push({ ...modifiers[name], down: wanted[name] });
    }
  }

  function chord(codes: readonly string[]): void {
    const pressed = codes.map((code) => ({ code, keysym: chordKeysyms[code] ?? 0 }));
    for (const key of pressed) events.push({ ...key, down: true });
    for (const key of pressed.reverse()) events.push({ ...key, down: false });
  }

  for (const key of keys) {
    if (key.kind === "switch") {
      hold({ shift: false, altGr: false });
      chord(key.codes);
      continue;
    }
    for (const stroke of key.strokes) {
      hold(stroke);
      const { code, keysym } = stroke;
      events.push({ code, keysym, down: true }, { code, keysym, down: false });
    }
  }
  hold({ shift: false, altGr: false });
  return events;
}
