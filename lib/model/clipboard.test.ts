import { expect, it } from "vitest";
import { clipboardHoldsMemory } from "./clipboard";

const on = { now: true, next: false, agent: false };

it.each([
  ["7.2.22", true],
  ["9.2.4", true],
  ["10.0.2", true],
  ["10.1.0", false],
  ["11.0.0", false],
  [null, false],
] as const)("the memory of one that runs by QEMU %s is held: %s", (version, held) => {
  expect(clipboardHoldsMemory(on, version)).toBe(held);
  expect(clipboardHoldsMemory({ ...on, now: false, next: true }, version)).toBe(false);
  expect(clipboardHoldsMemory({ ...on, now: null, next: true }, version)).toBe(false);
});
