import { glyphTable } from "./glyph-table";

/** A font whose every glyph fills a cell of one size. */
export interface Font {
  width: number;
  height: number;
  /** The character of a glyph's shape. */
  characters: ReadonlyMap<number, number>;
}

const bytesPerGlyph = 6;
let unpacked: readonly Font[] | undefined;

/** The fonts of firmware, boot loaders, kernels and installers that are known. */
export function fonts(): readonly Font[] {
  unpacked ??= glyphTable.map(({ width, height, glyphs }) => ({
    width,
    height,
    characters: charactersOf(atob(glyphs)),
  }));
  return unpacked;
}

function charactersOf(packed: string): Map<number, number> {
  const characters = new Map<number, number>();
  for (let at = 0; at < packed.length; at += bytesPerGlyph) {
    let shape = 0;
    for (let byte = 0; byte < 4; byte += 1) shape = shape * 256 + packed.charCodeAt(at + byte);
    const character = packed.charCodeAt(at + 4) * 256 + packed.charCodeAt(at + 5);
    characters.set(shape, character);
  }
  return characters;
}
