import { expect, test } from "vitest";
import { createLinkMeter } from "./link-meter";

type Meter = ReturnType<typeof createLinkMeter>;

/** A question after a message, and its answer so much later, behind `bytes`. */
function ask(meter: Meter, atMs: number, bytes: number, takesMs: number) {
  const inMs = meter.received(100, atMs);
  if (inMs === null) throw new Error("nothing is to be asked");
  meter.asked(atMs + inMs);
  expect(meter.received(bytes, atMs + inMs + takesMs)).toBeNull();
  return meter.answered(atMs + inMs + takesMs);
}

/** A meter that knows the way to be 20 ms long. */
function started(): Meter {
  const meter = createLinkMeter();
  expect(meter.received(12, 0)).toBe(0);
  meter.asked(0);
  expect(meter.answered(20)).toMatchObject({ idleMs: 20, full: false });
  return meter;
}

test("an answer behind much that comes slowly shows a full connection, and its width", () => {
  expect(ask(started(), 1_000, 50_000, 440)).toEqual({
    delayMs: 440,
    idleMs: 20,
    bytes: 50_000,
    forMs: 500,
    full: true,
  });
});

test("an answer that is as quick as ever shows that nothing waits, whatever came", () => {
  expect(ask(started(), 1_000, 5_000_000, 30)).toMatchObject({ bytes: 5_000_000, full: false });
});

test("a connection that is always full is not taken for a long one", () => {
  const meter = started();
  const all = Array.from({ length: 200 }, (_, at) => ask(meter, 1_000 * (at + 1), 40_000, 400));
  expect(all.every((each) => each?.full)).toBe(true);
});

test("a way that has become longer is learned from answers that waited for nothing", () => {
  const meter = started();
  for (let at = 1; at <= 30; at += 1) ask(meter, 1_000 * at, 200, 300);
  expect(ask(meter, 60_000, 20_000, 310)).toMatchObject({ full: false });
});

test("one question at a time, half a second apart; an answer to none is none", () => {
  const meter = started();
  expect(meter.answered(30)).toBeNull();
  expect(meter.received(100, 499)).toBeNull();
  expect(meter.received(100, 500)).toBe(80);
  expect(meter.received(100, 5_000)).toBeNull();
});
