import { describe, expect, test } from "vitest";
import type { Stroke } from "./layout";
import { type LayoutId, layoutIds } from "./layouts";
import { type GroupSwitch, maxTextBytes, planText } from "./plan-text";

function plan(text: string, layout: LayoutId, groupSwitch: GroupSwitch | null = null) {
  const made = planText(text, { layout, groupSwitch });
  if (!made.ok) throw new Error(`refused at ${made.bytes} bytes`);
  return made;
}

const write = ({ code, shift, altGr }: Stroke) =>
  `${shift ? "shift+" : ""}${altGr ? "altgr+" : ""}${code}`;

function strokes(text: string, layout: LayoutId, groupSwitch: GroupSwitch | null = null): string {
  return plan(text, layout, groupSwitch)
    .keys.map((key) =>
      key.kind === "switch" ? `<${key.codes.join("+")}>` : key.strokes.map(write).join(" "),
    )
    .join(", ");
}

describe("a plan", () => {
  test("knows where letters, marks and AltGr are", () => {
    expect(strokes("zZ@", "us")).toBe("KeyZ, shift+KeyZ, shift+Digit2");
    expect(strokes("zyß@{\\|~", "de")).toBe(
      "KeyY, KeyZ, Minus, altgr+KeyQ, altgr+Digit7, altgr+Minus, altgr+IntlBackslash, altgr+BracketRight",
    );
    expect(strokes("a1é", "fr")).toBe("KeyQ, shift+Digit1, Digit2");
    expect(strokes("ğıİ", "tr")).toBe("BracketLeft, KeyI, shift+Quote");
    expect(strokes("?/", "br")).toBe("shift+IntlRo, IntlRo");
    expect(strokes('@"_', "jp")).toBe("BracketLeft, shift+Digit2, shift+IntlRo");
  });

  test("puts accents on by dead keys, and types those signs alone with Space", () => {
    expect(strokes("éÈ^", "de")).toBe("Equal KeyE, shift+Equal shift+KeyE, Backquote Space");
    expect(strokes("ã~ë", "br")).toBe("Quote KeyA, Quote Space, shift+Digit6 KeyE");
    expect(plan("´¨", "de").untypable.map(({ character }) => character)).toEqual(["´", "¨"]);
  });

  test("has every character of ASCII on every layout but Russian's own letters", () => {
    const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join("");
    for (const layout of layoutIds) {
      const { untypable } = plan(ascii, layout, "alt-shift");
      expect({ layout, left: untypable.map((each) => each.character).join("") }).toEqual({
        layout,
        // Italian keyboards have neither; Alt and digits on Windows, nothing on Linux.
        left: layout === "it" ? "`~" : "",
      });
    }
  });

  test("says what no key makes, and where", () => {
    const made = plan("a→\u{1F600}b中", "us");
    expect(made.untypable).toEqual([
      { character: "→", at: 1 },
      { character: "\u{1F600}", at: 2 },
      { character: "中", at: 5 },
    ]);
    expect(made.keys).toHaveLength(2);
    expect(made.text.slice(made.untypable[1]?.at)).toBe("\u{1F600}b中");
  });

  test("takes all newlines for Enter and joins letters with their accents", () => {
    expect(strokes("a\r\nb\rc\n\t", "us")).toBe("KeyA, Enter, KeyB, Enter, KeyC, Enter, Tab");
    expect(strokes("u\u0308", "de")).toBe("BracketLeft");
  });

  test("leaves control characters out", () => {
    expect(plan("\u0000\u001b\u007f", "us").untypable).toHaveLength(3);
  });

  test("goes to the Latin letters and comes back, where the guest is known to", () => {
    expect(strokes("привет ls да", "ru", "alt-shift")).toContain(
      "Space, <AltLeft+ShiftLeft>, KeyL, KeyS, Space, <AltLeft+ShiftLeft>, KeyL, KeyF",
    );
    expect(strokes("ls", "ru", "win-space")).toBe("<MetaLeft+Space>, KeyL, KeyS, <MetaLeft+Space>");
    expect(plan("ls да", "ru").untypable.map(({ character }) => character)).toEqual(["l", "s"]);
    expect(strokes("a", "us", "alt-shift")).toBe("KeyA");
  });

  test("has an end, counted in bytes", () => {
    expect(planText("a".repeat(maxTextBytes), { layout: "us", groupSwitch: null }).ok).toBe(true);
    expect(planText("é".repeat(maxTextBytes / 2 + 1), { layout: "us", groupSwitch: null })).toEqual(
      {
        ok: false,
        bytes: maxTextBytes + 2,
      },
    );
  });
});
