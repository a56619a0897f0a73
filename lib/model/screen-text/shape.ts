/**
 * A number for the shape of a glyph: the same for the same rows of dots. Each row is a number of up
 * to 16 bits, whose highest used bit is the leftmost dot.
 */
export function shapeOf(rows: ArrayLike<number>, from: number, count: number): number {
  let hash = 0x811c9dc5;
  for (let row = 0; row < count; row += 1) {
    hash = Math.imul(hash ^ (rows[from + row] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
