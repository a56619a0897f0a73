import { describe, expect, test } from "vitest";
import type { LinkSample } from "./link-meter";
import { firstJudgement, type Judgement, judge, levelFor, levels } from "./picture-level";

const kib = 1024;
/** A second of a connection that is full at that width. */
const full = (bytesPerSecond: number): LinkSample => ({
  bytes: bytesPerSecond,
  delayMs: 1_000,
  forMs: 1_000,
  idleMs: 14,
  full: true,
});
const calm = (bytes: number): LinkSample => ({
  bytes,
  delayMs: 20,
  forMs: 80,
  idleMs: 14,
  full: false,
});

const judgedBy = (samples: readonly LinkSample[], from: Judgement = firstJudgement) =>
  samples.reduce(judge, from);
const times = (count: number, sample: LinkSample) => Array.from({ length: count }, () => sample);

describe("a connection that is full", () => {
  test.each([
    [60 * kib, 3],
    [400 * kib, 2],
    [3 * 1024 * kib, 1],
    [40 * 1024 * kib, 0],
  ])("at %d bytes a second leads to level %d, not by one sample", (width, at) => {
    expect(judgedBy([full(width)]).at).toBe(1);
    expect(judgedBy(times(4, full(width)))).toMatchObject({ at, roundTripMs: 14 });
  });

  test("near a bound changes nothing, from either side", () => {
    for (const at of [1, 2]) {
      const from = { ...firstJudgement, at };
      const around = [0.8, 1.2, 0.9, 1.1, 0.75, 1.3].map((part) => full(part * 1024 * kib));
      expect(judgedBy(around, from).at).toBe(at);
    }
  });

  test("that has become wider or narrower is followed", () => {
    const narrow = judgedBy(times(4, full(60 * kib)));
    const wide = judgedBy(times(20, full(20 * 1024 * kib)), narrow);
    expect(wide.at).toBe(0);
    expect(judgedBy(times(20, full(300 * kib)), wide).at).toBe(2);
  });

  test("tells what it gives", () => {
    const known = judgedBy(times(10, full(300 * kib))).bytesPerSecond;
    expect(known).toBeCloseTo(300 * kib);
  });
});

describe("a connection on which nothing waits", () => {
  test("gets the next better level after a while, and says no width any more", () => {
    const narrow = judgedBy(times(4, full(60 * kib)));
    expect(judgedBy(times(7, calm(20 * kib)), narrow).at).toBe(3);
    expect(judgedBy(times(8, calm(20 * kib)), narrow)).toMatchObject({
      at: 2,
      bytesPerSecond: null,
    });
  });

  test("is not known by small updates", () => {
    expect(judgedBy(times(100, calm(200)))).toMatchObject({ at: 1, roundTripMs: 14 });
  });

  test("is tried more seldom each time that the better level was too much", () => {
    let known = judgedBy(times(4, full(60 * kib)));
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      let waited = 0;
      while (known.at === 3) {
        known = judge(known, calm(20 * kib));
        waited += 1;
      }
      waits.push(waited);
      known = judgedBy(times(3, full(60 * kib)), known);
    }
    expect(waits).toEqual([8, 16, 32, 64, 128, 128]);
  });
});

test("what a person chooses holds whatever is measured", () => {
  const narrow = judgedBy(times(4, full(60 * kib)));
  expect(levelFor("best", narrow)).toEqual({ compression: 1, quality: 9 });
  expect(levelFor("least", firstJudgement)).toEqual({ compression: 9, quality: 0 });
  expect(levelFor("automatic", narrow)).toBe(levels[3]);
});
