import type { Grid } from "./grid";
import type { Picture } from "./picture";
import { shapeOf } from "./shape";

/** What stands in a cell: one colour, a glyph of two, or a piece of a picture. */
export type CellKind = "blank" | "glyph" | "picture";

/** One cell at a time, so that thousands need no memory. */
export class Cell {
  kind: CellKind = "blank";
  private readonly rows = new Uint16Array(64);
  private width = 0;
  private height = 0;

  /** Looks at the cell whose upper left pixel this is; it must lie in the picture. */
  read({ width, colours }: Picture, grid: Grid, x: number, y: number): void {
    this.width = grid.width;
    this.height = grid.height;
    const start = y * width + x;
    const ground = colours[start];
    let ink = ground;
    let inked = 0;
    for (let row = 0; row < grid.height; row += 1) {
      const from = start + row * width;
      let bits = 0;
      for (let column = 0; column < grid.width; column += 1) {
        const colour = colours[from + column];
        bits <<= 1;
        if (colour === ground) continue;
        if (ink === ground) ink = colour;
        else if (colour !== ink) {
          this.kind = "picture";
          return;
        }
        bits |= 1;
        inked += 1;
      }
      this.rows[row] = bits;
    }
    this.kind = inked === 0 ? "blank" : "glyph";
    // A letter covers less than half of its cell.
    if (inked * 2 > grid.width * grid.height) this.invert();
  }

  /** The glyph's character, in either of the two colours and under a cursor; null when unknown. */
  character(characters: ReadonlyMap<number, number>): number | null {
    const plain = characters.get(this.shape());
    if (plain !== undefined) return plain;
    const uncovered = this.withoutCursor(characters);
    if (uncovered !== null) return uncovered;
    this.invert();
    return characters.get(this.shape()) ?? null;
  }

  /** What an underlining cursor of one to four full rows stands in; a space where nothing else is. */
  private withoutCursor(characters: ReadonlyMap<number, number>): number | null {
    const full = (1 << this.width) - 1;
    let end = this.height;
    while (end > 0 && this.rows[end - 1] === 0) end -= 1;
    let from = end;
    while (from > 0 && this.rows[from - 1] === full) from -= 1;
    const covered = end - from;
    if (covered === 0 || covered > this.height / 4 || end < this.height / 2) return null;
    const before = this.rows.slice(from, end);
    this.rows.fill(0, from, end);
    const isBlank = this.rows.subarray(0, this.height).every((row) => row === 0);
    const character = isBlank ? 0x20 : (characters.get(this.shape()) ?? null);
    this.rows.set(before, from);
    return character;
  }

  private shape(): number {
    return shapeOf(this.rows, 0, this.height);
  }

  private invert(): void {
    const full = (1 << this.width) - 1;
    for (let row = 0; row < this.height; row += 1) {
      this.rows[row] = full & ~(this.rows[row] ?? 0);
    }
  }
}
