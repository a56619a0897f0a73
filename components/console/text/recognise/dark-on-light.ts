/** Lower than a line of letters, and so wide that letters fill less of it than their ground. */
const piece = { width: 512, height: 16 };

/**
 * Turns a grey picture, in place, to dark letters on white, piece by piece by what its ground is:
 * the chosen line of a list is drawn the other way round than the rest.
 */
export function darkOnLight(grey: Uint8Array, width: number, height: number): void {
  for (let top = 0; top < height; top += piece.height) {
    for (let left = 0; left < width; left += piece.width) {
      const right = Math.min(width, left + piece.width);
      const bottom = Math.min(height, top + piece.height);
      const ground = groundOf(grey, width, { left, top, right, bottom });
      for (let row = top; row < bottom; row += 1) {
        for (let at = row * width + left; at < row * width + right; at += 1) {
          const value = grey[at] ?? 0;
          const light = ground < 128 ? (255 - value) / (255 - ground) : value / ground;
          grey[at] = Math.min(255, light * 255);
        }
      }
    }
  }
}

interface Piece {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The grey in the middle of all that a piece has, for a ground may go from one to another. */
function groundOf(grey: Uint8Array, width: number, { left, top, right, bottom }: Piece): number {
  const counts = new Uint32Array(256);
  for (let row = top; row < bottom; row += 1) {
    for (const value of grey.subarray(row * width + left, row * width + right)) {
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  let rest = ((right - left) * (bottom - top)) / 2;
  let ground = 0;
  for (; ground < 255; ground += 1) {
    rest -= counts[ground] ?? 0;
    if (rest < 0) break;
  }
  return ground;
}
