import { describe, expect, it } from "vitest";
import { cpuPercent, readStats } from "./stats";

describe("readStats", () => {
  it("reads a running guest with a balloon driver", () => {
    const stats = readStats({
      "state.state": 1,
      "state.reason": 1,
      "cpu.time": 5_000_000_000n,
      "balloon.current": 524_288n,
      "balloon.available": 500_000n,
      "balloon.unused": 100_000n,
      "balloon.usable": 300_000n,
      "vcpu.current": 2,
      "block.count": 2,
      "block.0.name": "vda",
      "block.0.capacity": 1_073_741_824n,
      "block.0.physical": 204_800n,
      "block.1.name": "sda",
    });
    expect(stats).toMatchObject({
      state: 1,
      cpuTimeNs: 5_000_000_000n,
      vcpus: 2,
      memoryKib: 524_288,
      memoryUsedKib: 195 * 1024,
    });
    expect([...stats.disks]).toEqual([
      ["vda", { capacityBytes: 1_073_741_824, allocationBytes: 204_800 }],
    ]);
  });

  it("says null where nothing was told", () => {
    expect(readStats({})).toMatchObject({
      state: 0,
      cpuTimeNs: null,
      vcpus: null,
      memoryKib: null,
      memoryUsedKib: null,
    });
  });
});

describe("cpuPercent", () => {
  const at = (cpuTimeNs: bigint, atNs: bigint) => ({ cpuTimeNs, atNs });
  it.each([
    [at(0n, 0n), at(1_000_000_000n, 1_000_000_000n), 1, 100],
    [at(0n, 0n), at(1_000_000_000n, 1_000_000_000n), 4, 25],
    [at(0n, 0n), at(3_000_000_000n, 1_000_000_000n), 2, 100],
    [at(9n, 0n), at(1n, 1_000_000_000n), 1, null],
    [at(0n, 5n), at(1n, 5n), 1, null],
  ])("%o to %o on %i vCPUs is %s", (before, after, vcpus, expected) => {
    expect(cpuPercent(before, after, vcpus)).toBe(expected);
  });
});
