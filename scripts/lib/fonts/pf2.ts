import type { Glyph } from "./glyph";

/** What is read in GRUB's menu and in installers that draw with the same font: no ideographs. */
const mostCharacter = 0x2fff;
const [cellWidth, cellHeight] = [8, 16];

/** The narrow glyphs of a font of GRUB's, on cells of 8 × 16. */
export function glyphsOfPf2(bytes: Buffer): Glyph[] {
  let index: Buffer = Buffer.alloc(0);
  let ascent = 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32BE(at + 4);
    if (name === "DATA") break;
    if (name === "ASCE") ascent = bytes.readUInt16BE(at + 8);
    if (name === "CHIX") index = bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length;
  }
  const glyphs: Glyph[] = [];
  for (let at = 0; at < index.length; at += 9) {
    const character = index.readUInt32BE(at);
    const glyph = bytes.subarray(index.readUInt32BE(at + 5));
    const advance = glyph.readInt16BE(8);
    if (character > mostCharacter || advance !== cellWidth) continue;
    glyphs.push({ character, width: cellWidth, height: cellHeight, rows: rowsOf(glyph, ascent) });
  }
  return glyphs;
}

/** A glyph is its bounding box, bit after bit, placed from the base line. */
function rowsOf(glyph: Buffer, ascent: number): number[] {
  const [width, height] = [glyph.readUInt16BE(0), glyph.readUInt16BE(2)];
  const [left, bottom] = [glyph.readInt16BE(4), glyph.readInt16BE(6)];
  const rows = new Array<number>(cellHeight).fill(0);
  for (let bit = 0; bit < width * height; bit += 1) {
    if ((glyph.readUInt8(10 + (bit >> 3)) & (0x80 >> (bit & 7))) === 0) continue;
    const row = ascent - bottom - height + Math.floor(bit / width);
    const column = left + (bit % width);
    rows[row] = (rows[row] ?? 0) | (1 << (cellWidth - 1 - column));
  }
  return rows;
}
