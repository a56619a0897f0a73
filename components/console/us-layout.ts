import { type KeyStroke, namedKeys } from "./keys";

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const shiftedDigits = ")!@#$%^&*(";

/** Code, character, character with Shift. */
const marks: readonly [string, string, string][] = [
  ["Backquote", "`", "~"],
  ["Minus", "-", "_"],
  ["Equal", "=", "+"],
  ["BracketLeft", "[", "{"],
  ["BracketRight", "]", "}"],
  ["Backslash", "\\", "|"],
  ["Semicolon", ";", ":"],
  ["Quote", "'", '"'],
  ["Comma", ",", "<"],
  ["Period", ".", ">"],
  ["Slash", "/", "?"],
];

function plain(character: string, code: string): [string, readonly KeyStroke[]] {
  return [character, [{ keysym: character.charCodeAt(0), code }]];
}

function shifted(character: string, code: string): [string, readonly KeyStroke[]] {
  return [character, [namedKeys.shift, { keysym: character.charCodeAt(0), code }]];
}

const table: ReadonlyMap<string, readonly KeyStroke[]> = new Map([
  ...[...letters].flatMap((name) => {
    const code = `Key${name.toUpperCase()}`;
    return [plain(name, code), shifted(name.toUpperCase(), code)];
  }),
  ...[...digits].flatMap((digit, at) => {
    const code = `Digit${digit}`;
    return [plain(digit, code), shifted(shiftedDigits[at] ?? digit, code)];
  }),
  ...marks.flatMap(([code, without, withShift]) => [
    plain(without, code),
    shifted(withShift, code),
  ]),
  plain(" ", "Space"),
  ["\n", [namedKeys.enter]] as const,
  ["\t", [namedKeys.tab]] as const,
]);

/**
 * The keys that make a character on a US keyboard. Anything else goes out as a symbol
 * alone, by X11's rule for Unicode, and the guest makes of it what it can.
 */
export function strokesFor(character: string): readonly KeyStroke[] {
  const known = table.get(character);
  if (known) return known;
  const point = character.codePointAt(0) ?? 0;
  const latin1 = point >= 0xa0 && point <= 0xff;
  return [{ keysym: latin1 ? point : 0x01000000 + point, code: null }];
}
