import { expect, test } from "vitest";
import { createLinkMeter } from "./link-meter";

/** One question during which `bytes` come in that time. */
function ask(
  meter: ReturnType<typeof createLinkMeter>,
  atMs: number,
  bytes: number,
  takesMs: number,
) {
  expect(meter.received(100, atMs)).toBe(true);
  meter.asked(atMs);
  expect(meter.received(bytes, atMs + takesMs / 2)).toBe(false);
  return meter.answered(atMs + takesMs);
}

test("an answer behind much that comes slowly shows a full connection, and its width", () => {
  const meter = createLinkMeter();
  expect(ask(meter, 0, 12, 20)).toMatchObject({ idleMs: 20, full: false });
  expect(ask(meter, 1_000, 50_000, 500)).toEqual({
    delayMs: 500,
    bytes: 50_000,
    idleMs: 20,
    full: true,
  });
});

test("an answer that is as quick as ever shows that nothing waits, whatever came", () => {
  const meter = createLinkMeter();
  ask(meter, 0, 12, 20);
  expect(ask(meter, 1_000, 5_000_000, 30)).toMatchObject({ bytes: 5_000_000, full: false });
});

test("a connection that is always full is not taken for a long one", () => {
  const meter = createLinkMeter();
  ask(meter, 0, 12, 20);
  const last = Array.from({ length: 200 }, (_, at) => ask(meter, 1_000 * (at + 1), 40_000, 400));
  expect(last.every((each) => each?.full)).toBe(true);
});

test("a way that has become longer is learned from answers that waited for nothing", () => {
  const meter = createLinkMeter();
  ask(meter, 0, 12, 20);
  for (let at = 1; at <= 30; at += 1) ask(meter, 1_000 * at, 200, 300);
  expect(ask(meter, 60_000, 20_000, 310)).toMatchObject({ full: false });
});

test("one question at a time, half a second apart; an answer to none is none", () => {
  const meter = createLinkMeter();
  expect(meter.answered(0)).toBeNull();
  ask(meter, 0, 12, 20);
  expect(meter.received(100, 400)).toBe(false);
  expect(meter.received(100, 500)).toBe(true);
});
