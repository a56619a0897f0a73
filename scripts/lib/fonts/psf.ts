import { type Glyph, rowsAt } from "./glyph";

/** The glyphs of a console font with a table of characters; of another, none. */
export function glyphsOfPsf(bytes: Buffer): Glyph[] {
  return bytes.readUInt32LE(0) === 0x864ab572 ? glyphsOfPsf2(bytes) : glyphsOfPsf1(bytes);
}

function glyphsOfPsf1(bytes: Buffer): Glyph[] {
  if (bytes.readUInt16LE(0) !== 0x0436) throw new Error("no console font");
  const [mode, height] = [bytes.readUInt8(2), bytes.readUInt8(3)];
  const count = mode & 1 ? 512 : 256;
  if ((mode & 2) === 0) return [];
  const glyphs: Glyph[] = [];
  let at = 4 + count * height;
  for (let index = 0; index < count && at < bytes.length; index += 1) {
    const rows = rowsAt(bytes, 4 + index * height, 8, height);
    let single = true;
    for (; bytes.readUInt16LE(at) !== 0xffff; at += 2) {
      const character = bytes.readUInt16LE(at);
      // What follows is several characters that make one glyph.
      if (character === 0xfffe) single = false;
      if (single) glyphs.push({ character, width: 8, height, rows });
    }
    at += 2;
  }
  return glyphs;
}

function glyphsOfPsf2(bytes: Buffer): Glyph[] {
  const header = [8, 12, 16, 20, 24, 28].map((at) => bytes.readUInt32LE(at));
  const [start = 0, flags = 0, count = 0, size = 0, height = 0, width = 0] = header;
  if ((flags & 1) === 0) return [];
  const glyphs: Glyph[] = [];
  let at = start + count * size;
  for (let index = 0; index < count; index += 1) {
    const end = bytes.indexOf(0xff, at);
    const [single = Buffer.alloc(0)] = split(bytes.subarray(at, end));
    for (const letter of single.toString("utf8")) {
      const rows = rowsAt(bytes, start + index * size, width, height);
      glyphs.push({ character: letter.codePointAt(0) ?? 0, width, height, rows });
    }
    at = end + 1;
  }
  return glyphs;
}

function split(characters: Buffer): Buffer[] {
  const cut = characters.indexOf(0xfe);
  return [cut < 0 ? characters : characters.subarray(0, cut)];
}
