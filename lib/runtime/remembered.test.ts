import { expect, it, vi } from "vitest";
import { Remembered } from "./remembered";

function lab(most = 10) {
  const state = { version: "1" };
  const kept = new Remembered<string>({ version: async () => state.version, most });
  return { state, kept };
}

it("looks once for a key, and again when something has changed", async () => {
  const { state, kept } = lab();
  const look = vi.fn(async () => `seen at ${state.version}`);
  expect(await kept.ask("a", look)).toBe("seen at 1");
  expect(await kept.ask("a", look)).toBe("seen at 1");
  expect(look).toHaveBeenCalledTimes(1);
  state.version = "2";
  expect(await kept.ask("a", look)).toBe("seen at 2");
});

it("does not keep what was found while something changed", async () => {
  const { state, kept } = lab();
  const slow = kept.ask("a", async () => {
    state.version = "2";
    await kept.ask("b", async () => "b");
    return "old";
  });
  expect(await slow).toBe("old");
  expect(await kept.ask("a", async () => "new")).toBe("new");
});

it("keeps neither failures nor that nothing was found", async () => {
  const { kept } = lab();
  await expect(kept.ask("a", () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await kept.ask("a", async () => undefined)).toBeUndefined();
  expect(await kept.ask("a", async () => "there")).toBe("there");
});

it("lets all go when it would keep more than it may", async () => {
  const { kept } = lab(2);
  const look = vi.fn(async () => "x");
  for (const key of ["a", "b", "c", "c", "a"]) await kept.ask(key, look);
  expect(look).toHaveBeenCalledTimes(4);
});

it("looks again for what no longer holds, and counts by size", async () => {
  const gone = new Set<string>();
  const kept = new Remembered<string>({
    version: async () => "1",
    holds: (value) => !gone.has(value),
    size: (value) => value.length,
    most: 4,
  });
  const look = (value: string) => vi.fn(async () => value);
  await kept.ask("a", look("aa"));
  gone.add("aa");
  expect(await kept.ask("a", look("new"))).toBe("new");
  const never = look("x");
  await kept.ask("b", look("b"));
  await kept.ask("a", never);
  await kept.ask("b", never);
  expect(never).not.toHaveBeenCalled();
  await kept.ask("c", look("c"));
  await kept.ask("a", never);
  expect(never).toHaveBeenCalledTimes(1);
});
