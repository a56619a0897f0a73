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
