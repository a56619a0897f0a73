import { describe, expect, it } from "vitest";
import { addReading, type Reading, rateOf, secondsLeft } from "./upload-rate";

function readings(...pairs: [number, number][]): Reading[] {
  return pairs.reduce<Reading[]>(
    (all, [atMs, sentBytes]) => addReading(all, { atMs, sentBytes }),
    [],
  );
}

describe("the rate of an upload", () => {
  it("is not told from one reading or a moment", () => {
    expect(rateOf([])).toBeNull();
    expect(rateOf(readings([0, 100]))).toBeNull();
    expect(rateOf(readings([0, 0], [100, 5000]))).toBeNull();
  });

  it("is bytes per second", () => {
    expect(rateOf(readings([0, 0], [2000, 3000]))).toBe(1500);
  });

  it("forgets what is long ago", () => {
    expect(rateOf(readings([0, 0], [10_000, 1000], [12_000, 5000]))).toBe(2000);
  });

  it("starts anew when the portal has less than was sent", () => {
    expect(readings([0, 0], [1000, 9000], [2000, 4000])).toEqual([{ atMs: 2000, sentBytes: 4000 }]);
  });
});

describe("secondsLeft", () => {
  it("is rounded up, and unknown without a rate", () => {
    expect(secondsLeft(1000, 400, 250)).toBe(3);
    expect(secondsLeft(1000, 400, null)).toBeNull();
    expect(secondsLeft(1000, 400, 0)).toBeNull();
  });
});
