import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DoorQueue } from "./door-queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function lab(before?: () => Promise<void>) {
  const queue = new DoorQueue(before);
  const started: string[] = [];
  const ask = (name: string, known = false, work = async () => undefined) =>
    queue.ask({ line: name.slice(0, 1), known }, async () => {
      started.push(name);
      await work();
    });
  return { ask, started };
}

it("lets one in at a time, with a longer rest in between when others wait", async () => {
  const { ask, started } = lab();
  let finish: () => void = () => undefined;
  const first = ask(
    "a1",
    false,
    () => new Promise((resolve) => (finish = () => resolve(undefined))),
  );
  void ask("b1");
  await vi.advanceTimersByTimeAsync(100);
  expect(started).toEqual(["a1"]);
  finish();
  await first;
  await vi.advanceTimersByTimeAsync(119);
  expect(started).toEqual(["a1"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(started).toEqual(["a1", "b1"]);
  await vi.advanceTimersByTimeAsync(10);
  void ask("c1");
  await vi.advanceTimersByTimeAsync(29);
  expect(started).toEqual(["a1", "b1"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(started).toEqual(["a1", "b1", "c1"]);
});

it("takes the lines in turn, those who are known first", async () => {
  const { ask, started } = lab();
  for (const name of ["a1", "a2", "a3", "b1", "c1", "b2"]) void ask(name);
  void ask("k1", true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(started).toEqual(["k1", "a1", "b1", "c1", "a2", "b2", "a3"]);
});

it("who takes long holds up nobody, and a failure is its own", async () => {
  const { ask, started } = lab();
  void ask("a1", false, () => new Promise(() => undefined));
  const failing = ask("b1", false, () => Promise.reject(new Error("gone")));
  const failed = expect(failing).rejects.toThrow("gone");
  void ask("c1");
  await vi.advanceTimersByTimeAsync(1_000);
  await failed;
  expect(started).toEqual(["a1", "b1", "c1"]);
});

it("refuses the eleventh of one line and the two-hundredth of all, but nobody who is known", () => {
  const { ask } = lab();
  void ask("z0");
  for (let n = 0; n < 10; n++) expect(ask(`a${n}`)).not.toBeNull();
  expect(ask("a10")).toBeNull();
  const queue = new DoorQueue();
  const come = (line: number, known = false) =>
    queue.ask({ line: String(line), known }, async () => undefined);
  for (let n = 0; n < 200; n++) expect(come(n)).not.toBeNull();
  expect(come(200)).toBeNull();
  expect(come(200, true)).not.toBeNull();
});

it("waits before each for who is to come first", async () => {
  const begin: (() => void)[] = [];
  const { ask, started } = lab(() => new Promise((resolve) => begin.push(resolve)));
  void ask("a1");
  void ask("b1");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(started).toEqual([]);
  begin.shift()?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(started).toEqual(["a1"]);
  begin.shift()?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(started).toEqual(["a1", "b1"]);
});
