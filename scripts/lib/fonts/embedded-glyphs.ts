import { type Glyph, rowsAt } from "./glyph";

/** Code page 437 as Unicode, from 0x80 on; below 0x20 stand the signs that VGA cards draw. */
const low = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼";
const high =
  "⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

function characterOf(code: number): number {
  if (code < 0x20) return low.codePointAt(code) ?? 0;
  return code < 0x7f ? code : (high.codePointAt(code - 0x7f) ?? 0);
}

/** Glyph 1, a face, by which the fonts are found. */
const faces = [
  { height: 16, rows: "00007e81a58181bd9981817e00000000" },
  { height: 14, rows: "00007e81a58181bd99817e000000" },
  { height: 8, rows: "7e81a581bd99817e" },
];

/** The glyphs of code page 437 that a VGA BIOS or a kernel carries. */
export function glyphsOfBinary(bytes: Buffer): Glyph[] {
  return faces.flatMap(({ height, rows }) => {
    const start = bytes.indexOf(Buffer.from(rows, "hex")) - height;
    if (start < 0) return [];
    return Array.from({ length: 256 }, (_, code) => ({
      character: characterOf(code),
      width: 8,
      height,
      rows: rowsAt(bytes, start + code * height, 8, height),
    }));
  });
}

const efi = { width: 8, height: 19, bytes: 22 };

/** EDK II's narrow glyphs: character, attributes, 19 rows. */
export function glyphsOfEfi(bytes: Buffer): Glyph[] {
  const start = Buffer.alloc(efi.bytes + 3);
  start.writeUInt16LE(0x20, 0);
  start.writeUInt16LE(0x21, efi.bytes);
  const glyphs: Glyph[] = [];
  let at = bytes.indexOf(start);
  for (; at >= 0 && bytes.readUInt16LE(at) !== 0; at += efi.bytes) {
    const { width, height } = efi;
    const rows = rowsAt(bytes, at + 3, width, height);
    glyphs.push({ character: bytes.readUInt16LE(at), width, height, rows });
  }
  return glyphs;
}
