const chord = ["Control", "Alt", "Shift"];

/** Pressed and released together, they give the keyboard back to the page. */
export const escapeChordLabel = "Ctrl + Alt + Shift";

export interface EscapeChord {
  /** `key` is KeyboardEvent.key. */
  down(key: string): void;
  /** True when this release completes the chord. */
  up(key: string): boolean;
  reset(): void;
}

/** With Shift held, Alt arrives as Meta on some systems. */
function nameOf(key: string): string {
  return key === "Meta" ? "Alt" : key;
}

/**
 * Recognizes Ctrl, Alt and Shift pressed together without any other key. It counts on
 * release, so that a guest's own shortcuts with these three (and a letter) still reach it.
 */
export function createEscapeChord(): EscapeChord {
  const held = new Set<string>();
  let spoilt = false;
  return {
    down(key) {
      const name = nameOf(key);
      if (chord.includes(name)) held.add(name);
      else spoilt = true;
    },
    up(key) {
      const name = nameOf(key);
      const complete = !spoilt && chord.every((each) => held.has(each)) && chord.includes(name);
      held.delete(name);
      if (complete) held.clear();
      if (held.size === 0) spoilt = false;
      return complete;
    },
    reset() {
      held.clear();
      spoilt = false;
    },
  };
}
