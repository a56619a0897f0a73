/**
 * Writes the shapes by which the text of a screen is read, from fonts of the systems that draw it:
 *
 *   npx tsx scripts/make-glyph-table.ts FAMILY=FILE...
 *
 * A file is a console font (.psf, .psf.gz), GRUB's (.pf2), `.efi`: firmware, unpacked, with EDK II's
 * narrow glyphs, or any other: a binary (VGA BIOS, unpacked kernel) with the glyphs of code page 437.
 * Files of one family and cell are one font. Only the numbers of shapes are kept, no glyph.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { shapeOf } from "@/lib/model/screen-text/shape";
import { glyphsOfBinary, glyphsOfEfi } from "./lib/fonts/embedded-glyphs";
import type { Glyph } from "./lib/fonts/glyph";
import { glyphsOfPf2 } from "./lib/fonts/pf2";
import { glyphsOfPsf } from "./lib/fonts/psf";

const fonts = new Map<string, { width: number; height: number; shapes: Map<number, number> }>();

for (const argument of process.argv.slice(2)) {
  const [family = "", path = ""] = argument.split("=", 2);
  for (const glyph of await glyphsOf(path)) add(family, glyph);
}

async function glyphsOf(path: string): Promise<Glyph[]> {
  const raw = await readFile(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(raw) : raw;
  if (/\.psfu?(\.gz)?$/.test(path)) return glyphsOfPsf(bytes);
  if (path.endsWith(".pf2")) return glyphsOfPf2(bytes);
  return path.endsWith(".efi") ? glyphsOfEfi(bytes) : glyphsOfBinary(bytes);
}

/** Of characters that look the same, the plainest is read. */
function rank(character: number): number {
  if (character < 0x7f) return 0;
  if (character < 0x180) return 1;
  return character >= 0x2500 && character < 0x25a0 ? 2 : 3;
}

/** Latin, Greek, Cyrillic, Hebrew, punctuation, signs and boxes: what text modes are written in. */
function isRead(character: number): boolean {
  if (character < 0x21 || character === 0xa0) return false;
  return character < 0x600 || (character >= 0x1e00 && character < 0x2c00);
}

function add(family: string, { character, width, height, rows }: Glyph): void {
  if (!isRead(character) || rows.every((row) => row === 0)) return;
  const key = `${family} ${width}x${height}`;
  const font = fonts.get(key) ?? { width, height, shapes: new Map<number, number>() };
  fonts.set(key, font);
  const shape = shapeOf(rows, 0, height);
  const before = font.shapes.get(shape);
  if (before === undefined || rank(character) < rank(before)) font.shapes.set(shape, character);
}

const lines = [...fonts].map(([name, { width, height, shapes }]) => {
  const packed = Buffer.alloc(shapes.size * 6);
  [...shapes].forEach(([shape, character], at) => {
    packed.writeUInt32BE(shape, at * 6);
    packed.writeUInt16BE(character, at * 6 + 4);
  });
  const glyphs = packed.toString("base64");
  return `  {\n    name: "${name}",\n    width: ${width},\n    height: ${height},\n    glyphs:\n      "${glyphs}",\n  },\n`;
});
const head = `/** Made by scripts/make-glyph-table.ts: of each glyph the number of its shape and its character. */
export const glyphTable: readonly {
  name: string;
  width: number;
  height: number;
  /** Base64 of six bytes a glyph. */
  glyphs: string;
}[] = [\n`;
const out = join(import.meta.dirname, "../lib/model/screen-text/glyph-table.ts");
await writeFile(out, `${head}${lines.join("")}];\n`);
