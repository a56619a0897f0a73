/**
 * A layout: by physical key (KeyboardEvent.code) what it makes alone, with Shift, with AltGr and
 * with both, separated by spaces. `none` is nothing that can be relied on; `dead^` is a key that
 * waits for the next one. What AltGr makes is listed only where it is printed on the keys: beyond
 * that Linux and Windows do not agree.
 */
export type LayoutKeys = Readonly<Record<string, string>>;

/** One key with the modifiers that are down meanwhile. */
export interface Stroke {
  code: string;
  shift: boolean;
  altGr: boolean;
  /** X11's name of what it makes, for a QEMU that was given a layout of its own. */
  keysym: number;
}

/** The key of each Latin letter where nothing else is said. */
export const latinLetters: LayoutKeys = Object.fromEntries(
  [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => {
    const capital = letter.toUpperCase();
    return [`Key${capital}`, `${letter} ${capital}`];
  }),
);

/** Dead keys: the combining mark each adds, and X11's number for it. */
const deadKeys: Readonly<Record<string, { mark: string; keysym: number }>> = {
  "dead`": { mark: "\u0300", keysym: 0xfe50 },
  "dead´": { mark: "\u0301", keysym: 0xfe51 },
  "dead^": { mark: "\u0302", keysym: 0xfe52 },
  "dead~": { mark: "\u0303", keysym: 0xfe53 },
  "dead¨": { mark: "\u0308", keysym: 0xfe57 },
};

/** With Space after it, these three make the sign itself everywhere; ´ and ¨ do not on Linux. */
const spacedMarks: readonly [string, string][] = [
  ["`", "dead`"],
  ["^", "dead^"],
  ["~", "dead~"],
];

const space: Stroke = { code: "Space", shift: false, altGr: false, keysym: 0x20 };
const fixed: readonly [string, Stroke][] = [
  [" ", space],
  ["\n", { code: "Enter", shift: false, altGr: false, keysym: 0xff0d }],
  ["\t", { code: "Tab", shift: false, altGr: false, keysym: 0xff09 }],
];

/** By character, the strokes that make it. */
export type StrokeTable = ReadonlyMap<string, readonly Stroke[]>;

/** Turns a layout round; where there are several ways to a character it takes the plainest. */
export function strokeTable(keys: LayoutKeys): StrokeTable {
  const levels = Object.entries(keys).map(([code, row]) => ({ code, symbols: row.split(" ") }));
  const table = new Map<string, readonly Stroke[]>(fixed.map(([of, stroke]) => [of, [stroke]]));
  const dead = new Map<string, Stroke>();
  for (let level = 0; level < 4; level += 1) {
    for (const { code, symbols } of levels) {
      const symbol = symbols[level];
      if (symbol === undefined || symbol === "none") continue;
      const stroke = {
        code,
        shift: level % 2 === 1,
        altGr: level >= 2,
        keysym: deadKeys[symbol]?.keysym ?? keysymOf(symbol),
      };
      if (symbol in deadKeys) {
        if (!dead.has(symbol)) dead.set(symbol, stroke);
      } else if (!table.has(symbol)) {
        table.set(symbol, [stroke]);
      }
    }
  }
  addComposed(table, dead);
  return table;
}

/** Only Latin-1: beyond it guests differ in what a dead key can be put on. */
function addComposed(table: Map<string, readonly Stroke[]>, dead: ReadonlyMap<string, Stroke>) {
  for (const [sign, name] of spacedMarks) {
    const first = dead.get(name);
    if (first && !table.has(sign)) table.set(sign, [first, space]);
  }
  for (let point = 0xc0; point <= 0xff; point += 1) {
    const composed = String.fromCodePoint(point);
    const [base, mark] = composed.normalize("NFD");
    const name = Object.keys(deadKeys).find((each) => deadKeys[each]?.mark === mark);
    const first = name === undefined ? undefined : dead.get(name);
    const second = base === undefined ? undefined : table.get(base);
    if (first && second && !table.has(composed)) table.set(composed, [first, ...second]);
  }
}

function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point <= 0xff ? point : 0x01000000 + point;
}
