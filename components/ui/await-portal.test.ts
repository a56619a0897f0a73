import { beforeEach, expect, it, vi } from "vitest";
import { awaitPortal } from "./await-portal";

const never = new AbortController().signal;
const ok = () => Promise.resolve(new Response("ok\n"));
const starting = () => Promise.resolve(new Response("", { status: 503 }));
const gone = () => Promise.reject(new TypeError("Failed to fetch"));

beforeEach(() => void vi.useFakeTimers());

/** The portal answers so, one after the other; how often it was asked. */
function portal(...answers: (() => Promise<Response>)[]): () => number {
  const ask = vi.fn((_path: string, _options: RequestInit) => (answers.shift() ?? gone)());
  vi.stubGlobal("fetch", ask);
  return () => ask.mock.calls.length;
}

it("a portal that is there is asked once", async () => {
  const asked = portal(ok);
  expect(await awaitPortal(never)).toBe(true);
  expect(asked()).toBe(1);
});

it("one that is away, or only starts, is waited for", async () => {
  const asked = portal(gone, starting, gone, ok);
  const there = awaitPortal(never);
  await vi.runAllTimersAsync();
  expect(await there).toBe(true);
  expect(asked()).toBe(4);
});

it("who leaves the page asks no more", async () => {
  const leave = new AbortController();
  const asked = portal();
  const there = awaitPortal(leave.signal);
  await vi.advanceTimersByTimeAsync(1_500);
  leave.abort();
  expect(await there).toBe(false);
  const before = asked();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(before);
  expect(await awaitPortal(leave.signal)).toBe(false);
  expect(asked()).toBe(before);
});
