import { expect, it } from "vitest";
import { SharedWork } from "./shared-work";

function lab() {
  const shared = new SharedWork<number>();
  const finish: ((fail?: Error) => void)[] = [];
  const work = () =>
    new Promise<number>((resolve, reject) => {
      const run = finish.length;
      finish.push((fail) => (fail ? reject(fail) : resolve(run)));
    });
  return { finish, ask: (key = "a") => shared.ask(key, work) };
}

it("who asks while it runs shares the next run, never the running one", async () => {
  const { ask, finish } = lab();
  const first = ask();
  const others = [ask(), ask(), ask()];
  expect(finish).toHaveLength(1);
  finish[0]?.();
  expect(await first).toBe(0);
  await expect.poll(() => finish.length).toBe(2);
  const late = ask();
  finish[1]?.();
  expect(await Promise.all(others)).toEqual([1, 1, 1]);
  await expect.poll(() => finish.length).toBe(3);
  finish[2]?.();
  expect(await late).toBe(2);
});

it("other keys do not wait, and a failure is not kept", async () => {
  const { ask, finish } = lab();
  const first = ask("a");
  const second = ask("b");
  expect(finish).toHaveLength(2);
  finish[0]?.(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  finish[1]?.();
  expect(await second).toBe(1);
  const again = ask("a");
  finish[2]?.();
  expect(await again).toBe(2);
});
