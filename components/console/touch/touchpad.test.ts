import { describe, expect, it } from "vitest";
import { createTouchpad, type Finger, type PadAction } from "./touchpad";

/** Fingers at these places, from left to right their ids. */
const at = (...places: [number, number][]): Finger[] => places.map(([x, y], id) => ({ id, x, y }));

/** What a series of touches means, one every 16 ms unless a number says how long it lasts. */
function play(...series: (Finger[] | number)[]): PadAction[] {
  const pad = createTouchpad();
  let now = 1_000;
  return series.flatMap((each) => {
    if (typeof each === "number") {
      now += each;
      return [];
    }
    now += 16;
    return pad.touch(each, now);
  });
}
const sum = (actions: PadAction[], kind: "move" | "scroll") =>
  actions.reduce(
    (all, each) =>
      each.kind === kind && "dx" in each ? { x: all.x + each.dx, y: all.y + each.dy } : all,
    { x: 0, y: 0 },
  );

describe("taps", () => {
  it.each([
    [at([5, 5]), 1],
    [at([5, 5], [60, 5]), 2],
    [at([5, 5], [60, 5], [110, 5]), 3],
  ])("%j is one of %i", (fingers, count) => {
    expect(play(fingers, 100, [])).toEqual([{ kind: "tap", fingers: count }]);
  });

  it("fingers come and go one after another", () => {
    const two = at([5, 5], [60, 5]);
    expect(play(two.slice(0, 1), two, 50, two.slice(1), [])).toEqual([{ kind: "tap", fingers: 2 }]);
  });

  it("a trembling finger taps, one that rests or four do not", () => {
    expect(play(at([5, 5]), at([8, 9]), [])).toEqual([{ kind: "tap", fingers: 1 }]);
    expect(play(at([5, 5]), 400, [])).toEqual([]);
    expect(play(at([0, 0], [50, 0], [100, 0], [150, 0]), [])).toEqual([]);
  });

  it("two taps are two clicks", () => {
    const tap = { kind: "tap", fingers: 1 };
    expect(play(at([5, 5]), [], 100, at([5, 5]), [])).toEqual([tap, tap]);
  });
});

describe("one finger", () => {
  it("moves the pointer by what it moves, further when it is quick", () => {
    const slow = play(at([100, 100]), at([109, 100]), at([110, 100]), at([111, 101]), []);
    expect(slow.every(({ kind }) => kind === "move")).toBe(true);
    const steps = [at([100, 100]), at([120, 100]), at([160, 80]), []];
    const quick = sum(play(...steps), "move");
    expect(quick.x).toBeGreaterThan(60);
    expect(quick.x).toBeLessThanOrEqual(180);
    expect(quick.y).toBeLessThan(-20);
  });

  it("does not begin where the finger comes down", () => {
    expect(play(at([300, 700]), 50, at([302, 702]))).toEqual([]);
  });

  it("after a tap it drags, and lets go", () => {
    const kinds = play(at([5, 5]), [], 100, at([5, 5]), at([30, 5]), at([60, 5]), []).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(["tap", "press", "move", "move", "release"]);
  });

  it("a finger that joins a drag does not let go", () => {
    const kinds = play(at([5, 5]), [], at([5, 5]), at([30, 5]), at([30, 5], [90, 5]), []).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(["tap", "press", "move", "release"]);
  });

  it("long after a tap it only moves", () => {
    const kinds = play(at([5, 5]), [], 500, at([5, 5]), at([30, 5]), []).map(({ kind }) => kind);
    expect(kinds).toEqual(["tap", "move"]);
  });
});

describe("two fingers", () => {
  it("turn the wheel side by side, and what is left down moves nothing", () => {
    const actions = play(
      at([100, 100], [160, 100]),
      at([100, 120], [160, 120]),
      at([100, 140], [161, 140]),
      at([100, 140]),
      at([200, 140]),
      [],
    );
    expect(actions.every(({ kind }) => kind === "scroll")).toBe(true);
    expect(sum(actions, "scroll").y).toBe(40);
  });

  it("zoom as they go apart, around their middle", () => {
    const actions = play(
      at([100, 100], [200, 100]),
      at([80, 100], [220, 100]),
      at([50, 100], [250, 100]),
      [],
    );
    const factor = actions.reduce(
      (all, each) => (each.kind === "pinch" ? all * each.factor : 0),
      1,
    );
    expect(factor).toBeCloseTo(2);
    expect(actions.at(-1)).toMatchObject({ kind: "pinch", x: 150, y: 100 });
  });

  it("what it is does not change on the way", () => {
    const kinds = play(
      at([100, 100], [160, 100]),
      at([100, 130], [160, 130]),
      at([20, 130], [260, 130]),
      [],
    ).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["scroll"]));
  });
});
