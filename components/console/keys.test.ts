import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  commonCombos,
  functionKeys,
  type KeyCombo,
  type KeyStroke,
  namedKeys,
  singleKeys,
  sysRqCombos,
  terminalCombos,
} from "./keys";
import { strokesFor } from "./us-layout";

const noVnc = new URL("../../node_modules/@novnc/novnc/core/input/", import.meta.url);
/** noVNC's own tables are the law: a code that it does not know is never sent. */
const scancodes = new Map(
  [
    ...readFileSync(new URL("xtscancodes.js", noVnc), "utf8").matchAll(/"(\w+)": (0x[0-9a-f]+)/g),
  ].map(([, code, scancode]) => [code ?? "", Number(scancode)]),
);
const keysyms = new Map(
  [...readFileSync(new URL("keysym.js", noVnc), "utf8").matchAll(/XK_(\w+):\s+(0x\w+)/g)].map(
    ([, name, keysym]) => [name ?? "", Number(keysym)],
  ),
);

const combos: KeyCombo[] = [
  ...commonCombos,
  ...singleKeys,
  ...functionKeys,
  ...terminalCombos,
  ...sysRqCombos,
];
const printable = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at));

function known(stroke: KeyStroke): boolean {
  return stroke.code !== null && (scancodes.get(stroke.code) ?? 0) > 0 && stroke.keysym > 0;
}

describe("key combinations", () => {
  it("have different names, and keys that noVNC can send by scancode", () => {
    expect(scancodes.size).toBeGreaterThan(100);
    expect(new Set(combos.map((each) => each.id)).size).toBe(combos.length);
    for (const combo of combos) {
      expect(combo.strokes.length, combo.id).toBeGreaterThan(0);
      for (const stroke of combo.strokes) expect(known(stroke), combo.id).toBe(true);
    }
  });

  it.each([
    ["ctrl", "Control_L"],
    ["alt", "Alt_L"],
    ["shift", "Shift_L"],
    ["windows", "Super_L"],
    ["escape", "Escape"],
    ["tab", "Tab"],
    ["enter", "Return"],
    ["backspace", "BackSpace"],
    ["delete", "Delete"],
    ["print", "Print"],
    ["up", "Up"],
    ["down", "Down"],
    ["left", "Left"],
    ["right", "Right"],
    ["home", "Home"],
    ["end", "End"],
    ["pageUp", "Page_Up"],
    ["pageDown", "Page_Down"],
  ] as const)("%s has the symbol %s", (name, symbol) => {
    expect(namedKeys[name].keysym).toBe(keysyms.get(symbol));
  });

  it("reaches F1 to F12 and their virtual terminals", () => {
    expect(functionKeys.map((each) => each.strokes[0]?.keysym)).toEqual(
      Array.from({ length: 12 }, (_, at) => keysyms.get(`F${at + 1}`)),
    );
    expect(terminalCombos[11]?.strokes.map((each) => each.code)).toEqual([
      "ControlLeft",
      "AltLeft",
      "F12",
    ]);
  });

  it("sends a SysRq command as Alt, Print and the letter", () => {
    const sync = sysRqCombos.find((each) => each.letter === "s");
    expect(sync?.strokes.map((each) => each.code)).toEqual(["AltLeft", "PrintScreen", "KeyS"]);
  });
});

describe("the US layout", () => {
  it("types every printable ASCII character with a real key, once", () => {
    const seen = new Set<string>();
    for (const character of printable) {
      const strokes = strokesFor(character);
      for (const stroke of strokes) expect(known(stroke), character).toBe(true);
      expect(strokes.at(-1)?.keysym, character).toBe(character.charCodeAt(0));
      seen.add(strokes.map((each) => each.code).join("+"));
    }
    expect(seen.size).toBe(printable.length);
  });

  it.each([
    ["A", ["ShiftLeft", "KeyA"]],
    ["a", ["KeyA"]],
    [")", ["ShiftLeft", "Digit0"]],
    ["@", ["ShiftLeft", "Digit2"]],
    ["|", ["ShiftLeft", "Backslash"]],
    ["\n", ["Enter"]],
    ["\t", ["Tab"]],
  ])("types %j", (character, codes) => {
    expect(strokesFor(character).map((each) => each.code)).toEqual(codes);
  });

  it("sends other characters as X11 symbols", () => {
    expect(strokesFor("ü")).toEqual([{ keysym: 0xfc, code: null }]);
    expect(strokesFor("中")).toEqual([{ keysym: 0x01004e2d, code: null }]);
  });
});
