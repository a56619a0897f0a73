import { expect, it } from "vitest";
import { Pictures, pictureLimits } from "./pictures";

it("one capture serves all who look meanwhile and shortly after; then there is a new one", async () => {
  let now = 0;
  let captures = 0;
  const pictures = new Pictures(() => now);
  let done: (png: Buffer) => void = () => undefined;
  const slow = () => {
    captures += 1;
    return new Promise<Buffer>((resolve) => {
      done = resolve;
    });
  };
  const first = pictures.take("a", slow);
  now = 60_000;
  const second = pictures.take("a", slow);
  expect(captures).toBe(1);
  done(Buffer.from("one"));
  expect(await second).toBe(await first);
  now += 3_999;
  expect((await pictures.take("a", slow)).etag).toBe((await first).etag);
  expect(captures).toBe(1);
  now += 1;
  const next = pictures.take("a", slow);
  done(Buffer.from("two"));
  expect((await next).etag).not.toBe((await first).etag);
  expect(captures).toBe(2);
});

it("a capture that failed is not kept, and others are not touched", async () => {
  const pictures = new Pictures();
  const other = await pictures.take("b", async () => Buffer.from("other"));
  const failing = pictures.take("a", () => Promise.reject(new Error("no screen")));
  await expect(failing).rejects.toThrow("no screen");
  const { png } = await pictures.take("a", async () => Buffer.from("now"));
  expect(String(png)).toBe("now");
  expect(await pictures.take("b", async () => Buffer.from("another"))).toBe(other);
});

it("only so many screens are captured at once, the others in their turn, and few are kept", async () => {
  const pictures = new Pictures();
  let running = 0;
  let most = 0;
  let captures = 0;
  const capture = async () => {
    captures += 1;
    const mine = captures;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (mine === 3) throw new Error("no screen");
    return Buffer.from("picture");
  };
  const keys = Array.from({ length: 100 }, (_, at) => `vm ${at}`);
  const all = await Promise.allSettled(keys.map((key) => pictures.take(key, capture)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(99);
  expect(most).toBe(pictureLimits.captures);
  await pictures.take("one more", capture);
  const before = captures;
  for (const key of keys) await pictures.take(key, capture);
  expect(captures - before).toBeGreaterThan(keys.length - pictureLimits.kept);
});
