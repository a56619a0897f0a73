import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff";

describe("backoffMs", () => {
  it("grows, is capped, and differs between waiters", () => {
    const longest = (failures: number, isLocal: boolean) => backoffMs(failures, isLocal, () => 1);
    expect([0, 1, 2, 3, 4, 1000].map((failures) => longest(failures, true))).toEqual([
      250, 500, 1000, 2000, 3000, 3000,
    ]);
    expect(longest(1000, false)).toBe(15_000);
    expect(backoffMs(1000, false, () => 0)).toBe(7_500);
  });
});
