/** A character and its dots: one number a row, whose highest used bit is the leftmost dot. */
export interface Glyph {
  character: number;
  width: number;
  height: number;
  rows: number[];
}

/** Rows of glyphs that lie in a file as bytes, `bytesPerRow` to a row, padded at the right. */
export function rowsAt(bytes: Buffer, at: number, width: number, height: number): number[] {
  const bytesPerRow = Math.ceil(width / 8);
  return Array.from(
    { length: height },
    (_, row) => bytes.readUIntBE(at + row * bytesPerRow, bytesPerRow) >> (bytesPerRow * 8 - width),
  );
}
