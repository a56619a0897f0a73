import { expect, it } from "vitest";
import { matchingLine, withoutFrame } from "./matching-line";
import { Stillness } from "./stillness";
import { isHookUrl, watchSchema } from "./watch";

const lines = ["[    1.2] Kernel panic - not syncing: VFS", "web login: "];

it.each([
  [["login:"], "web login: "],
  [["LOGIN"], "web login: "],
  [["nothing", "kernel*syncing"], lines[0]],
  [["syncing*kernel"], undefined],
  [["web*web"], undefined],
  [["panic*login"], undefined],
])("%j is found in the line %j", (texts, line) => {
  expect(matchingLine(lines, texts)).toBe(line);
});

it("takes no longer for a text that is made to be slow", () => {
  const line = "a".repeat(400);
  expect(matchingLine([line], [`${"a*".repeat(50)}b`])).toBeUndefined();
});

it.each([
  ["  │ Keymap to use:       │", "Keymap to use:"],
  ["┌────┤ [!!] Select a language ├────┐", "[!!] Select a language"],
  [" web login: ", "web login:"],
  [" ── ", "──"],
])("%j is told as %j", (line, told) => {
  expect(withoutFrame(line)).toBe(told);
});

it("a screen is still since it has last changed, however its cursor blinks", () => {
  const still = new Stillness();
  expect(still.stillMs(5)).toBe(0);
  still.see("a", 1_000);
  still.see("a", 3_000);
  expect(still.stillMs(4_000)).toBe(3_000);
  // The first time the other half of the blinking is a change.
  still.see("b", 5_000);
  expect(still.stillMs(5_000)).toBe(0);
  still.see("a", 6_000);
  still.see("b", 7_000);
  expect(still.stillMs(8_000)).toBe(3_000);
  still.see("c", 9_000);
  expect(still.stillMs(9_500)).toBe(500);
});

const condition = { name: "up", kind: "screen", texts: ["login:"] };

it.each([
  ["no condition", { texts: [] }, "field.watch_condition"],
  ["only stars", { texts: ["* *"] }, "field.watch_text"],
  ["a sign that is not on the keyboard", { keys: "ß" }, "field.watch_keys"],
  ["keys for a guest that is off", { kind: "off", keys: "y" }, "field.watch_keys_off"],
  ["a password in the address", { hookUrl: "https://a:b@example.org" }, "field.watch_url"],
  ["more than a day", { hours: 25 }, "field.watch_hours"],
])("refuses %s", (_what, change, message) => {
  const { error } = watchSchema.safeParse({ ...condition, ...change });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it("takes a text, stillness, or the guest's end", () => {
  for (const change of [{}, { texts: [], stillSeconds: 30 }, { kind: "off", texts: [] }]) {
    expect(watchSchema.safeParse({ ...condition, ...change }).success).toBe(true);
  }
  expect(watchSchema.safeParse({ ...condition, keys: "ß\n", layout: "de" }).success).toBe(true);
});

it("knows what an address for calls looks like", () => {
  expect(["https://a.example/x?y", "http://10.0.0.1:8080"].map(isHookUrl)).toEqual([true, true]);
  expect(["file:///etc/passwd", "gopher://a", "", "a.example"].some(isHookUrl)).toBe(false);
});
