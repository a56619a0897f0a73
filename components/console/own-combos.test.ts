import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { comboLabel, comboOf, keepOwnCombos, readOwnCombos } from "./own-combos";

const store = new Map<string, string>();

beforeEach(() => {
  store.clear();
  vi.stubGlobal("window", {
    localStorage: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => store.set(name, value),
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("own combinations", () => {
  test("are kept and read", () => {
    const terminal = { name: "Terminal", codes: ["ControlLeft", "AltLeft", "KeyT"] };
    keepOwnCombos([terminal]);
    expect(readOwnCombos()).toEqual([terminal]);
    expect(comboLabel(terminal.codes)).toBe("Ctrl + Alt + T");
    expect(comboOf(terminal).strokes).toEqual([
      { keysym: 0xffe3, code: "ControlLeft" },
      { keysym: 0xffe9, code: "AltLeft" },
      { keysym: 0x74, code: "KeyT" },
    ]);
  });

  test.each([
    "no json",
    "{}",
    '[{"name":"","codes":["KeyA"]}]',
    '[{"name":"a","codes":[]}]',
    '[{"name":"a","codes":["NoSuchKey"]}]',
    '[{"name":"a","codes":["KeyA","KeyB","KeyC","KeyD","KeyE","KeyF"]}]',
    "[null]",
  ])("that are none are left out: %s", (kept) => {
    store.set("portico.keyCombos", kept);
    expect(readOwnCombos()).toEqual([]);
  });
});
