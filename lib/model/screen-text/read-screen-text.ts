import { inOneAlphabet } from "./alphabets";
import { Cell } from "./cell";
import { findSetting, type Setting } from "./find-grid";
import { fonts } from "./fonts";
import type { Picture } from "./picture";

/** The text of a screen, as it stands there. */
export interface ScreenText {
  lines: string[];
  /** Cells whose character is known, and those that look like one and are not. */
  known: number;
  unknown: number;
}

/** In the place of a glyph that no font has. */
const replacement = "\ufffd";
/** Larger ones are not read: nobody has such a text screen. */
export const mostPixels = 4096 * 2304;

/**
 * Reads the text that firmware, boot loaders, consoles and installers draw in cells, by the exact
 * shapes of their fonts' glyphs. Null when there is none that it knows: letters of a desktop are
 * drawn otherwise. The time it takes grows with the number of pixels alone.
 */
export function readScreenText(picture: Picture): ScreenText | null {
  const steps = readingSteps(picture);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps of a few milliseconds at most, for whoever has other things to do between. */
export function* readingSteps(picture: Picture): Generator<void, ScreenText | null> {
  if (picture.width * picture.height > mostPixels) return null;
  const setting = yield* findSetting(picture);
  if (setting === null) return null;
  const text = yield* readLines(picture, setting);
  return lettersIn(text) >= text.unknown ? text : null;
}

/** Frames of a desktop's windows are lines of a text screen, too: only letters tell them apart. */
function lettersIn({ lines }: ScreenText): number {
  return lines.reduce((sum, line) => sum + (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
}

function* readLines(picture: Picture, { grid, font }: Setting): Generator<void, ScreenText> {
  // A console's own font lacks some signs, which it then borrows.
  const others = fonts().filter(
    (each) => each !== font && each.width === grid.width && each.height === grid.height,
  );
  const text: ScreenText = { lines: [], known: 0, unknown: 0 };
  const cell = new Cell();
  const characterOf = (): number | null => {
    for (const { characters } of [font, ...others]) {
      const character = cell.character(characters);
      if (character !== null) return character;
    }
    return null;
  };
  for (let y = grid.y; y + grid.height <= picture.height; y += grid.height) {
    yield;
    let line = "";
    for (let x = grid.x; x + grid.width <= picture.width; x += grid.pitch) {
      cell.read(picture, grid, x, y);
      const character = cell.kind === "glyph" ? characterOf() : 0x20;
      if (cell.kind === "glyph") text[character === null ? "unknown" : "known"] += 1;
      line += character === null ? replacement : String.fromCharCode(character);
    }
    text.lines.push(inOneAlphabet(line.trimEnd()));
  }
  text.lines = withoutEmptyEnds(text.lines);
  return text;
}

function withoutEmptyEnds(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== "");
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex((line) => line !== "") + 1);
}
