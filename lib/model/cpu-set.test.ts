import { describe, expect, it } from "vitest";
import { formatCpuSet, parseCpuSet } from "./cpu-set";

describe("a set of CPUs", () => {
  it.each([
    ["0", [0], "0"],
    ["0-3,8", [0, 1, 2, 3, 8], "0-3,8"],
    ["8, 1,0", [0, 1, 8], "0-1,8"],
    ["2-2,1-2", [1, 2], "1-2"],
    ["16383", [16_383], "16383"],
  ])("%j", (text, cpus, shortest) => {
    expect(parseCpuSet(text)).toEqual(cpus);
    expect(formatCpuSet(cpus)).toBe(shortest);
  });

  it.each(["", ",", "a", "-1", "3-1", "0-", "0,,1", "^1", "16384", "0-99999", "1.5"])(
    "%j is none",
    (text) => expect(parseCpuSet(text)).toBeNull(),
  );

  it("no CPU at all is written as nothing", () => expect(formatCpuSet([])).toBe(""));
});
