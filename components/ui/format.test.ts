import { describe, expect, it } from "vitest";
import { formatBytes, formatKib, formatSeconds } from "./format";

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [58 * 1024 ** 2, "58 MiB"],
    [10 * 1024 ** 3, "10 GiB"],
    [1.44 * 1024 ** 3, "1.4 GiB"],
    [-5, "0 B"],
  ])("%d is %s", (size, expected) => {
    expect(formatBytes(size, "en")).toBe(expected);
  });

  it("takes KiB for memory", () => {
    expect(formatKib(512 * 1024, "en")).toBe("512 MiB");
    expect(formatKib(4 * 1024 * 1024, "zh-CN")).toBe("4 GiB");
  });
});

describe("formatSeconds", () => {
  it.each([
    [0, "0 sec"],
    [45, "45 sec"],
    [60, "1 min"],
    [200, "3 min 20 sec"],
    [7500, "2 hr 5 min"],
  ])("%d is %s", (seconds, expected) => {
    expect(formatSeconds(seconds, "en")).toBe(expected);
  });

  it("speaks Chinese", () => {
    expect(formatSeconds(200, "zh-CN")).toBe("3分钟 20秒");
  });
});
