import { describe, expect, it } from "vitest";
import { createEscapeChord } from "./escape-chord";

/** "+Shift" presses, "-Shift" releases; says whether any release completed the chord. */
function play(...keys: string[]): boolean[] {
  const chord = createEscapeChord();
  return keys.flatMap((each) => {
    const key = each.slice(1);
    if (each.startsWith("-")) return [chord.up(key)];
    chord.down(key);
    return [];
  });
}

describe("the escape chord", () => {
  it.each([
    [["+Control", "+Alt", "+Shift", "-Shift"], [true]],
    [["+Shift", "+Control", "+Alt", "-Control"], [true]],
    [["+Control", "+Shift", "+Meta", "-Meta"], [true]],
  ])("%j completes it", (keys, expected) => {
    expect(play(...keys)).toEqual(expected);
  });

  it.each([
    [["+Control", "+Alt", "-Alt"]],
    [["+Control", "+Alt", "+Shift", "+t", "-t", "-Shift", "-Alt", "-Control"]],
    [["+Control", "+Alt", "+Delete", "-Delete", "+Shift", "-Shift"]],
    [["+Shift", "+A", "-A", "-Shift"]],
  ])("%j does not", (keys) => {
    expect(play(...keys)).not.toContain(true);
  });

  it("works again after another shortcut", () => {
    expect(play("+Control", "+c", "-c", "-Control", "+Control", "+Alt", "+Shift", "-Alt")).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("forgets what was held when the page lost the keyboard", () => {
    const chord = createEscapeChord();
    chord.down("Control");
    chord.down("Alt");
    chord.reset();
    chord.down("Shift");
    expect(chord.up("Shift")).toBe(false);
  });
});
