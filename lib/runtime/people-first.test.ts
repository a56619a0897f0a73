import { expect, it } from "vitest";
import { PeopleFirst } from "./people-first";

/** Keeps the event loop for so long. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("does programs' requests in the order of their coming; each gets its own answer or failure", async () => {
  const gate = new PeopleFirst();
  const started: number[] = [];
  const ask = (n: number) =>
    gate.program(async () => {
      started.push(n);
      if (n === 2) throw new Error("gone");
      return n;
    });
  const all = [0, 1, 2, 3].map(ask);
  await expect(all[2]).rejects.toThrow("gone");
  expect([await all[0], await all[1], await all[3]]).toEqual([0, 1, 3]);
  expect(started).toEqual([0, 1, 2, 3]);
});

it("a few in a turn, fewer when they cost more: others have the event loop between two", async () => {
  const gate = new PeopleFirst();
  const seen: string[] = [];
  const ask = () =>
    gate.program(async () => {
      seen.push("program");
      work(3);
    });
  const all = Array.from({ length: 9 }, ask);
  await turn();
  seen.push("other");
  await Promise.all(all);
  expect(seen.indexOf("other")).toBeLessThan(seen.lastIndexOf("program"));
});

it("who waits for a host holds up nobody", async () => {
  const gate = new PeopleFirst();
  const finish: (() => void)[] = [];
  const slow = () => gate.program(() => new Promise<void>((resolve) => finish.push(resolve)));
  const all = Array.from({ length: 100 }, slow);
  expect(await gate.program(async () => "quick")).toBe("quick");
  for (const each of finish) each();
  await Promise.all(all);
});

it("while somebody waits for a page, the others get most turns of the loop, but programs go on", async () => {
  const gate = new PeopleFirst();
  const sent = gate.page();
  let done = 0;
  let turns = 0;
  const all = Array.from({ length: 5 }, () =>
    gate.program(async () => {
      work(3);
      done += 1;
    }),
  );
  while (done < 5) {
    await turn();
    turns += 1;
  }
  // A rest is many turns long; without one there is a turn for each request.
  expect(turns).toBeGreaterThan(20);
  sent();
  await Promise.all(all);
});

it("refuses when two thousand wait", () => {
  const gate = new PeopleFirst();
  const ask = () => gate.program(() => new Promise(() => undefined));
  // The first is done at once.
  for (let n = 0; n <= 2_000; n++) expect(ask()).not.toBeNull();
  expect(ask()).toBeNull();
});

it("is quiet when the last page has been sent, and is not waited for longer than was said", async () => {
  const gate = new PeopleFirst();
  await gate.quiet(60_000);
  const sent = [gate.page(), gate.page()];
  const seen: string[] = [];
  const quiet = gate.quiet(60_000).then(() => seen.push("quiet"));
  await gate.quiet(1);
  sent[0]?.();
  await turn();
  expect(seen).toEqual([]);
  sent[1]?.();
  await quiet;
});
