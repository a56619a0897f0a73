import { describe, expect, it } from "vitest";
import { coalesce } from "./coalesce";

describe("coalesce", () => {
  it("makes two runs of a burst, the second begun after the last request", async () => {
    let world = 0;
    const release: (() => void)[] = [];
    const read = coalesce(async () => {
      const seen = world;
      await new Promise<void>((resolve) => release.push(resolve));
      return seen;
    });
    const first = read("a");
    world = 1;
    const burst = Array.from({ length: 10 }, () => read("a"));
    expect(release).toHaveLength(1);
    release[0]?.();
    expect(await first).toBe(0);
    await Promise.resolve();
    while (release.length < 2) await Promise.resolve();
    release[1]?.();
    expect(await Promise.all(burst)).toEqual(Array(10).fill(1));
    expect(release).toHaveLength(2);
  });

  it("keeps keys apart and goes on after a failure", async () => {
    let fail = true;
    const read = coalesce(async (key: string) => {
      if (key === "a" && fail) throw new Error("once");
      return key;
    });
    const failing = read("a");
    const next = read("a");
    await expect(failing).rejects.toThrow("once");
    fail = false;
    await expect(read("b")).resolves.toBe("b");
    await next.catch(() => undefined);
    await expect(read("a")).resolves.toBe("a");
  });
});
