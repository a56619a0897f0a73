/**
 * How a picture stands in its place: `scale` times as large, with its upper left corner so many
 * widths and heights of the place before the place's own.
 */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

/** In shares of the place, or of the picture: 0 is left or above, 1 right or below. */
export interface Point {
  x: number;
  y: number;
}

export const noZoom: Zoom = { scale: 1, x: 0, y: 0 };
export const mostScale = 8;

/** The picture so many times as large as now; what is at this point of the place stays there. */
export function zoomed({ scale, x, y }: Zoom, at: Point, factor: number): Zoom {
  const next = between(1, scale * factor, mostScale);
  const grown = next / scale;
  return inside({ scale: next, x: (x + at.x) * grown - at.x, y: (y + at.y) * grown - at.y });
}

/** The picture moved with the finger, by shares of the place. */
export function panned({ scale, x, y }: Zoom, by: Point): Zoom {
  return inside({ scale, x: x - by.x, y: y - by.y });
}

/** The picture moved so far that a point of it is in sight, and not at the very edge. */
export function showing({ scale, x, y }: Zoom, point: Point, margin = 0.1): Zoom {
  const least = (share: number) => share * scale - 1 + margin;
  const most = (share: number) => share * scale - margin;
  return inside({
    scale,
    x: between(least(point.x), x, most(point.x)),
    y: between(least(point.y), y, most(point.y)),
  });
}

function inside({ scale, x, y }: Zoom): Zoom {
  return { scale, x: between(0, x, scale - 1), y: between(0, y, scale - 1) };
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
