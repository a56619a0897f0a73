import type { Picture } from "./picture";

/** A part of the picture that looks like text: few colours, often changing. */
export interface Place {
  x: number;
  y: number;
}

export const placeSize = { width: 64, height: 32 } as const;
const mostColours = 4;

/** The places that look most like text, best first. */
export function busyPlaces(picture: Picture, most: number): Place[] {
  const found: (Place & { changes: number })[] = [];
  for (let y = 0; y + placeSize.height <= picture.height; y += placeSize.height) {
    for (let x = 0; x + placeSize.width <= picture.width; x += placeSize.width) {
      const changes = changesIn(picture, x, y);
      if (changes > 0) found.push({ x, y, changes });
    }
  }
  return found.sort((one, other) => other.changes - one.changes).slice(0, most);
}

/** How often the colour changes along the rows; 0 where there are too many colours for text. */
function changesIn({ width, colours }: Picture, x: number, y: number): number {
  const seen: number[] = [];
  let changes = 0;
  for (let row = y; row < y + placeSize.height; row += 1) {
    const from = row * width + x;
    let before = colours[from] ?? 0;
    for (let column = 0; column < placeSize.width; column += 1) {
      const colour = colours[from + column] ?? 0;
      if (column > 0 && colour === before) continue;
      if (column > 0) changes += 1;
      before = colour;
      if (seen.includes(colour)) continue;
      if (seen.length === mostColours) return 0;
      seen.push(colour);
    }
  }
  return changes;
}
