import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { planText } from "@/lib/model/keyboard/plan-text";
import type { GuestKeyboard } from "./knock";
import type { LockLights } from "./lock-lights";
import { typeKeys } from "./typist";

/** A guest with a keyboard of 16 places that takes one place every `placeMs`. */
function fakeGuest(options: {
  placeMs: number;
  lights: LockLights | null;
  deafAfter?: number;
  deafForMs?: number;
}) {
  const listeners = new Set<() => void>();
  const queue: { code: string; down: boolean }[] = [];
  const taken: string[] = [];
  const down = new Set<string>();
  const locks = { num: options.lights?.num ?? false, caps: options.lights?.caps ?? false };
  let lights = options.lights;
  let lost = 0;
  let passed = 0;
  let knocks = 0;
  let shouted = 0;
  const began = Date.now();

  function take(): void {
    const event = queue.shift();
    if (!event) return;
    passed += 1;
    taken.push(`${event.down ? "+" : "-"}${event.code}`);
    if (event.down) down.add(event.code);
    else down.delete(event.code);
    if (!event.down) return;
    if (event.code === "NumLock") {
      locks.num = !locks.num;
      knocks += 1;
    } else if (event.code === "CapsLock") {
      locks.caps = !locks.caps;
    } else {
      if (locks.caps) shouted += 1;
      return;
    }
    if (!options.lights) return;
    lights = { ...locks };
    for (const listener of listeners) listener();
  }

  const timer = setInterval(() => {
    if (Date.now() - began < (options.deafForMs ?? 0)) return;
    if (passed < (options.deafAfter ?? Number.POSITIVE_INFINITY)) take();
  }, options.placeMs);

  const keyboard: GuestKeyboard = {
    send({ code, down: isDown }) {
      if (queue.length < 16) queue.push({ code, down: isDown });
      else lost += 1;
    },
    lights: () => lights,
    onLights(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    keyboard,
    locks,
    down,
    stop: () => clearInterval(timer),
    lost: () => lost,
    knocks: () => knocks,
    /** Keys that came while Caps Lock was on. */
    shouted: () => shouted,
    waiting: () => queue.length,
    listening: () => listeners.size,
    /** What was typed, without what is pressed for an answer. */
    typed: () => taken.filter((each) => !each.endsWith("Lock")).join(" "),
  };
}

function keysOf(text: string) {
  const plan = planText(text, { layout: "de", groupSwitch: null });
  if (!plan.ok) throw new Error("too long");
  return plan.keys;
}

const sentence = "Grüße: É {[@]} ~ \\ | zy".repeat(10);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function typing(
  guest: ReturnType<typeof fakeGuest>,
  text: string,
  runMs: number,
  cancelAtMs?: number,
) {
  const controller = new AbortController();
  const progress: number[] = [];
  const result = typeKeys(guest.keyboard, keysOf(text), {
    signal: controller.signal,
    onProgress: (typed) => progress.push(typed),
  });
  if (cancelAtMs !== undefined) {
    await vi.advanceTimersByTimeAsync(cancelAtMs);
    controller.abort();
  }
  await vi.advanceTimersByTimeAsync(runMs);
  const ended = await result;
  guest.stop();
  return { ...ended, progress };
}

describe("typing", () => {
  test.each([1, 10, 90])(
    "loses nothing in a guest that takes a key every %i ms",
    async (placeMs) => {
      const guest = fakeGuest({ placeMs, lights: { num: true, caps: false } });
      const { end, typed, progress } = await typing(guest, sentence, 200_000);
      expect({ end, typed, lost: guest.lost() }).toEqual({
        end: "done",
        typed: keysOf(sentence).length,
        lost: 0,
      });
      expect(progress.at(-1)).toBe(typed);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(guest.locks).toEqual({ num: true, caps: false });
      expect(guest.down.size).toBe(0);
      expect(guest.listening()).toBe(0);
    },
  );

  test("presses and releases in order, modifiers around", async () => {
    const guest = fakeGuest({ placeMs: 1, lights: { num: false, caps: false } });
    await typing(guest, "Z@", 5_000);
    expect(guest.typed()).toBe("+ShiftLeft +KeyY -KeyY -ShiftLeft +AltRight +KeyQ -KeyQ -AltRight");
  });

  test("goes on by guess where the guest has no lights", async () => {
    const guest = fakeGuest({ placeMs: 10, lights: null });
    const { end } = await typing(guest, sentence, 200_000);
    expect({ end, lost: guest.lost() }).toEqual({ end: "done", lost: 0 });
    expect(guest.locks.num).toBe(false);
  });

  test("turns Caps Lock off meanwhile", async () => {
    const guest = fakeGuest({ placeMs: 1, lights: { num: false, caps: true } });
    await typing(guest, "abc".repeat(20), 20_000);
    expect(guest.shouted()).toBe(0);
    expect(guest.locks.caps).toBe(true);
  });

  test("ends at once when cancelled, with nothing down and the locks as they were", async () => {
    const guest = fakeGuest({ placeMs: 10, lights: { num: true, caps: false } });
    const { end, typed } = await typing(guest, sentence, 2_000, 500);
    expect(end).toBe("cancelled");
    expect(typed).toBeLessThan(keysOf(sentence).length);
    expect(guest.waiting()).toBe(0);
    expect(guest.down.size).toBe(0);
    expect(guest.locks.num).toBe(true);
  });

  test("tells when a guest stops taking keys", async () => {
    const guest = fakeGuest({ placeMs: 1, lights: { num: false, caps: false }, deafAfter: 60 });
    const { end, typed } = await typing(guest, sentence, 60_000);
    expect(end).toBe("stuck");
    expect(typed).toBeGreaterThan(0);
    expect(typed).toBeLessThan(30);
    expect(guest.lost()).toBe(0);
  });

  test("goes on by answers once a guest that was late has caught up", async () => {
    const guest = fakeGuest({
      placeMs: 1,
      lights: { num: false, caps: false },
      deafForMs: 2_600,
    });
    const { end } = await typing(guest, "abcdef".repeat(40), 60_000);
    expect({ end, lost: guest.lost() }).toEqual({ end: "done", lost: 0 });
    expect(guest.knocks()).toBeGreaterThan(20);
    expect(guest.locks.num).toBe(false);
  });

  test("sends nothing when cancelled before", async () => {
    const guest = fakeGuest({ placeMs: 1, lights: { num: false, caps: true } });
    const never = new AbortController();
    never.abort();
    const send = vi.fn();
    const { end } = await typeKeys({ ...guest.keyboard, send }, keysOf("abc"), {
      signal: never.signal,
      onProgress: () => undefined,
    });
    guest.stop();
    expect(end).toBe("cancelled");
    expect(send).not.toHaveBeenCalled();
  });
});
