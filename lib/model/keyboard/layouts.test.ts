import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type LayoutId, layoutIds, layoutKeys } from "./layouts";

/** What xkbcli is asked for; by default the layout of the same name. */
const xkbOptions: Partial<Record<LayoutId, readonly string[]>> = {
  br: ["--layout", "br", "--model", "abnt2"],
  jp: ["--layout", "jp", "--model", "jp106"],
};

/** What xkb has and we leave out: keys that such a keyboard lacks, or that Windows does not know. */
const leftOut: readonly string[] = [
  "us IntlBackslash <",
  "us IntlBackslash >",
  "jp Digit0 ~",
  "fr Backquote ~",
];

const deadNames: Readonly<Record<string, string>> = {
  dead_grave: "dead`",
  dead_acute: "dead´",
  dead_circumflex: "dead^",
  dead_tilde: "dead~",
  dead_diaeresis: "dead¨",
};

const characterOf = readKeysymNames();
const codeOf = readCodes();

/** X11's names of characters, from its own header. */
function readKeysymNames(): ReadonlyMap<string, string> {
  const header = readFileSync("/usr/include/X11/keysymdef.h", "utf8");
  const lines = header.matchAll(/^#define XK_(\w+)\s+0x\w+\s*\/\*[ (]*U\+([0-9A-F]+)/gm);
  return new Map(
    [...lines].map(([, name = "", point = ""]) => [
      name,
      String.fromCodePoint(Number.parseInt(point, 16)),
    ]),
  );
}

/** Physical keys by xkb's names: rows B (bottom) to E (digits), counted from the left. */
function readCodes(): ReadonlyMap<string, string> {
  const rows: Readonly<Record<string, string>> = {
    AE: "Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal IntlYen",
    AD: "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight",
    AC: "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote",
    AB: "KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash IntlRo",
  };
  const named = Object.entries(rows).flatMap(([row, codes]) =>
    codes
      .split(" ")
      .map((code, at): [string, string] => [`${row}${String(at + 1).padStart(2, "0")}`, code]),
  );
  return new Map([
    ["TLDE", "Backquote"],
    ["BKSL", "Backslash"],
    ["LSGT", "IntlBackslash"],
    ...named,
  ]);
}

/** By physical key the symbols of its first four levels, as xkb compiles them. */
function xkbKeys(id: LayoutId): ReadonlyMap<string, readonly (string | undefined)[]> {
  const options = xkbOptions[id] ?? ["--layout", id];
  const compiled = execFileSync("xkbcli", ["compile-keymap", ...options], { encoding: "utf8" });
  const symbols = compiled.slice(compiled.indexOf("xkb_symbols"));
  const keys = new Map<string, readonly (string | undefined)[]>();
  for (const [, name = "", body = ""] of symbols.matchAll(/key <(\w+)>\s*\{([^}]*)\};/g)) {
    const code = codeOf.get(name);
    const list = body.replace(/\w+\[Group1\]\s*=/g, "").match(/\[([^\]]*)\]/)?.[1];
    if (code && list)
      keys.set(
        code,
        list.split(",").map((each) => symbolOf(each.trim())),
      );
  }
  return keys;
}

function symbolOf(name: string): string | undefined {
  if (name in deadNames) return deadNames[name];
  const point = /^U([0-9A-F]{4,6})$/.exec(name)?.[1];
  if (point) return String.fromCodePoint(Number.parseInt(point, 16));
  return characterOf.get(name) ?? (name.length === 1 ? name : undefined);
}

describe.each(layoutIds)("the keys of %s", (id) => {
  const xkb = xkbKeys(id);
  const ours = Object.entries(layoutKeys[id]).map(([code, row]) => ({
    code,
    symbols: row.split(" "),
  }));

  test("make what xkb says", () => {
    const wrong = ours.flatMap(({ code, symbols }) =>
      symbols.flatMap((symbol, level) =>
        symbol === "none" || xkb.get(code)?.[level] === symbol
          ? []
          : [`${code} level ${level}: ${symbol}, by xkb ${xkb.get(code)?.[level]}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("are all that make something alone or with Shift", () => {
    const made = new Set(
      ours.flatMap(({ code, symbols }) => symbols.map((each) => `${code} ${each}`)),
    );
    const missing = [...xkb].flatMap(([code, symbols]) =>
      symbols
        .slice(0, 2)
        .flatMap((symbol) =>
          symbol && !made.has(`${code} ${symbol}`) ? [`${id} ${code} ${symbol}`] : [],
        ),
    );
    expect(missing.filter((each) => !leftOut.includes(each))).toEqual([]);
  });
});
