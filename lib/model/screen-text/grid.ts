import { fonts } from "./fonts";
import type { Picture } from "./picture";

/** Cells of one size in which a screen's text may stand. */
export interface Grid {
  /** Size of the glyphs. */
  width: number;
  height: number;
  /** From one cell to the next; nine dots for the eight of a glyph in VGA's text mode. */
  pitch: number;
  /** Where the first whole cell begins. */
  x: number;
  y: number;
}

const vgaTextWidth = 720;
/** GRUB leaves ten pixels at the edges of its terminal, SYSLINUX eight. */
const borders = [10, 8] as const;

/** The sizes of cells that fonts have, with the pitch that they stand at. */
export function cellSizes({ width }: Picture): Omit<Grid, "x" | "y">[] {
  const sizes = new Map<string, Omit<Grid, "x" | "y">>();
  for (const font of fonts()) {
    const size = { width: font.width, height: font.height };
    sizes.set(`${size.width} ${size.height}`, { ...size, pitch: size.width });
    if (width === vgaTextWidth && size.width === 8) {
      sizes.set(`${size.width} ${size.height} 9`, { ...size, pitch: 9 });
    }
  }
  return [...sizes.values()];
}

/** Where systems put cells of a size: at the corner, in the middle, behind a border. */
export function usualGrids(picture: Picture): Grid[] {
  return cellSizes(picture).flatMap((size) => {
    const middle = (extent: number, cell: number) => Math.floor((extent % cell) / 2);
    // EDK II puts an odd number of rows into the middle.
    const odd = Math.floor((picture.height - size.height) / 2) % size.height;
    const [x, y] = [middle(picture.width, size.pitch), middle(picture.height, size.height)];
    const half = size.pitch / 2;
    const places = [
      [0, 0],
      [x, y],
      [x, 0],
      [0, odd],
      [half, odd],
      ...borders.map((border) => [border % size.pitch, border % size.height]),
    ];
    const all = places.map(([left = 0, top = 0]) => ({ ...size, x: left, y: top }));
    return all.filter((grid) => Number.isInteger(grid.x));
  });
}

/** Every place of the cells that most screens have. */
export function everyGrid(picture: Picture): Grid[] {
  const common = cellSizes(picture).filter(({ width, height }) => width === 8 && height >= 16);
  return common.flatMap((size) =>
    Array.from({ length: size.pitch * size.height }, (_, at) => ({
      ...size,
      x: at % size.pitch,
      y: Math.floor(at / size.pitch),
    })),
  );
}
