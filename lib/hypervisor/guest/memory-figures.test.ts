import { expect, it } from "vitest";
import { parseXml } from "../xml/tree";
import { readBalloonPeriod, readMemoryFigures } from "./memory-figures";

it("reads each figure by libvirt's number of it, and when the guest told last", () => {
  const stats = [
    { tag: 6, val: 1_048_576n },
    { tag: 5, val: 1_000_000n },
    { tag: 8, val: 900_000n },
    { tag: 4, val: 800_000n },
    { tag: 10, val: 70_000n },
    { tag: 0, val: 1n },
    { tag: 1, val: 2n },
    { tag: 2, val: 3n },
    { tag: 3, val: 4n },
    { tag: 7, val: 300_000n },
    { tag: 9, val: 1_900_000_000n },
    { tag: 99, val: 5n },
  ];
  expect(readMemoryFigures(stats)).toEqual({
    figures: {
      actualKib: 1_048_576,
      availableKib: 1_000_000,
      usableKib: 900_000,
      unusedKib: 800_000,
      diskCachesKib: 70_000,
      swapInKib: 1,
      swapOutKib: 2,
      majorFaults: 3,
      minorFaults: 4,
      residentKib: 300_000,
    },
    toldAt: "2030-03-17T17:46:40.000Z",
  });
});

it("a guest without a driver tells nothing: that is no zero", () => {
  const silent = [
    { tag: 6, val: 1_048_576n },
    { tag: 7, val: 300_000n },
    { tag: 9, val: 0n },
    // QEMU's "not known", which no guest has.
    { tag: 4, val: 2n ** 64n - 1n },
  ];
  const { figures, toldAt } = readMemoryFigures(silent);
  expect(toldAt).toBeNull();
  expect(figures).toMatchObject({ actualKib: 1_048_576, unusedKib: null, usableKib: null });
});

it.each([
  ["<memballoon model='virtio'><stats period='5'/></memballoon>", 5],
  ["<memballoon model='virtio'/>", 0],
  ["<memballoon model='none'/>", null],
  ["", null],
])("%s: asked every %s s", (balloon, period) => {
  const root = parseXml(`<domain><devices>${balloon}</devices></domain>`);
  expect(readBalloonPeriod(root)).toBe(period);
});
