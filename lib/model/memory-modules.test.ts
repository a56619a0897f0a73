import { describe, expect, it } from "vitest";
import { isRounding, moduleFor, moduleLimitMib, modulesLimitOn } from "./memory-modules";
import { mibToKib } from "./units";

const room = (limitMib: number, freeSlots = 16) => ({ limitKib: mibToKib(limitMib), freeSlots });

describe("the module for what is asked", () => {
  it.each([
    ["a whole block", 1152, 1024, room(4096), 128],
    ["what is rounded up", 1025, 1024, room(4096), 128],
    ["several blocks", 1300, 1024, room(4096), 384],
    ["the last that fits", 4096, 1024, room(4096), 3072],
    ["one whose rounding goes beyond the limit", 4090, 1000, room(4096), null],
    ["nothing above the ceiling", 1024, 1024, room(4096), null],
    ["no slot", 2048, 1024, room(4096, 0), null],
    ["no places", 2048, 1024, null, null],
    ["the larger blocks of a large machine", 65_537, 65_536, room(131_072), 2048],
  ])("%s", (_name, askedMib, ceilingMib, places, moduleMib) => {
    const sizeKib = moduleFor(mibToKib(askedMib), mibToKib(ceilingMib), places);
    expect(sizeKib).toBe(moduleMib === null ? null : mibToKib(moduleMib));
  });

  it("says how far modules lead, in whole blocks", () => {
    expect(moduleLimitMib(mibToKib(1000), room(4096))).toBe(4072);
    expect(moduleLimitMib(mibToKib(4096), room(4096))).toBe(4096);
  });

  it("takes for rounding only what is less than a block", () => {
    expect(isRounding(mibToKib(1000), mibToKib(1000))).toBe(true);
    expect(isRounding(mibToKib(1000), mibToKib(1127))).toBe(true);
    expect(isRounding(mibToKib(1000), mibToKib(1128))).toBe(false);
    expect(isRounding(mibToKib(1000), mibToKib(900))).toBe(false);
  });

  it("leads to all that a host gives one VM, or nowhere", () => {
    const host = { memoryKib: mibToKib(8704) };
    expect(modulesLimitOn(host, mibToKib(8191))).toBe(mibToKib(8192));
    expect(modulesLimitOn(host, mibToKib(8192))).toBeNull();
    expect(modulesLimitOn({ memoryKib: 0 }, 1)).toBeNull();
  });
});
