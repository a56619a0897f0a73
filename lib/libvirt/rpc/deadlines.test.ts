import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Deadlines, type Waiting } from "./deadlines";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function lab() {
  const waiting = new Set<Waiting>();
  const expired: Waiting[] = [];
  const deadlines = new Deadlines(
    () => waiting,
    (item) => {
      waiting.delete(item);
      expired.push(item);
    },
  );
  const wait = (ms: number) => {
    const item: Waiting = { deadlineAt: performance.now() + ms };
    waiting.add(item);
    deadlines.add(item);
    return item;
  };
  return { waiting, expired, wait };
}

/** Time goes by, and no timer runs meanwhile. */
function holdUp(ms: number): void {
  const at = performance.now() + ms;
  vi.spyOn(performance, "now").mockReturnValue(at);
}

it("expires what is due, and only that", () => {
  const { expired, wait } = lab();
  const soon = wait(1_000);
  const late = wait(3_000);
  vi.advanceTimersByTime(1_001);
  expect(expired).toEqual([soon]);
  vi.advanceTimersByTime(2_000);
  expect(expired).toEqual([soon, late]);
});

it("gives what fell due while the loop was held up that much more, once", () => {
  const { waiting, expired, wait } = lab();
  const item = wait(1_000);
  holdUp(4_000);
  vi.advanceTimersByTime(1_000);
  expect(expired).toEqual([]);
  expect(waiting.has(item)).toBe(true);
  holdUp(10_000);
  vi.advanceTimersByTime(3_000);
  expect(expired).toEqual([item]);
});
