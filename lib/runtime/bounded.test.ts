import { expect, it } from "vitest";
import { Bounded } from "./bounded";

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("does two at once, the next when one is done or has failed, and refuses whom it has no room for", async () => {
  const bounded = new Bounded({ atOnce: 2, waiting: 2 });
  const started: number[] = [];
  const ends: ((fail?: Error) => void)[] = [];
  const ask = (n: number) =>
    bounded.run(() => {
      started.push(n);
      return new Promise<number>((resolve, reject) => {
        ends.push((fail) => (fail ? reject(fail) : resolve(n)));
      });
    });
  const all = [0, 1, 2, 3].map(ask);
  expect(ask(4)).toBeNull();
  await turn();
  expect(started).toEqual([0, 1]);
  ends[0]?.(new Error("gone"));
  await expect(all[0]).rejects.toThrow("gone");
  await turn();
  expect(started).toEqual([0, 1, 2]);
  ends[1]?.();
  ends[2]?.();
  expect([await all[1], await all[2]]).toEqual([1, 2]);
  await turn();
  ends[3]?.();
  expect(await all[3]).toBe(3);
  const later = ask(5);
  expect(later).not.toBeNull();
  ends[4]?.();
  expect(await later).toBe(5);
});
