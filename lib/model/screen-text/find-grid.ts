import { busyPlaces, type Place, placeSize } from "./busy-places";
import { Cell } from "./cell";
import { type Font, fonts } from "./fonts";
import { everyGrid, type Grid, usualGrids } from "./grid";
import type { Picture } from "./picture";

/** Cells, and the font in them. */
export interface Setting {
  grid: Grid;
  font: Font;
}

const places = 8;
const fewestKnown = 3;
/** Of cells that could hold a glyph, how many must hold a known one. */
const knownShare = 0.5;

/** How a screen's text is set, by what stands in its busiest places; null when no text is seen. In small steps. */
export function* findSetting(picture: Picture): Generator<void, Setting | null> {
  const busy = busyPlaces(picture, places);
  yield;
  return (
    (yield* best(picture, busy, usualGrids(picture))) ??
    (yield* best(picture, busy, everyGrid(picture)))
  );
}

function* best(
  picture: Picture,
  busy: readonly Place[],
  grids: readonly Grid[],
): Generator<void, Setting | null> {
  let setting: Setting | null = null;
  let most = 0;
  for (const grid of grids) {
    yield;
    const candidates = fonts().filter(
      ({ width, height }) => width === grid.width && height === grid.height,
    );
    const known = candidates.map(() => 0);
    const glyphs = countKnown(picture, busy, grid, candidates, known);
    candidates.forEach((font, at) => {
      const count = known[at] ?? 0;
      if (count < fewestKnown || count < glyphs * knownShare) return;
      // Small cells are more, and say less.
      const weight = count * grid.width * grid.height;
      if (weight <= most) return;
      most = weight;
      setting = { grid, font };
    });
  }
  return setting;
}

/** Counts glyphs in the busy places, and for each font those that it knows. */
function countKnown(
  picture: Picture,
  busy: readonly Place[],
  grid: Grid,
  candidates: readonly Font[],
  known: number[],
): number {
  const cell = new Cell();
  let glyphs = 0;
  for (const place of busy) {
    const firstX = place.x + ((((grid.x - place.x) % grid.pitch) + grid.pitch) % grid.pitch);
    const firstY = place.y + ((((grid.y - place.y) % grid.height) + grid.height) % grid.height);
    const endX = Math.min(place.x + placeSize.width, picture.width - grid.width + 1);
    const endY = Math.min(place.y + placeSize.height, picture.height - grid.height + 1);
    for (let y = firstY; y < endY; y += grid.height) {
      for (let x = firstX; x < endX; x += grid.pitch) {
        cell.read(picture, grid, x, y);
        if (cell.kind !== "blank") glyphs += 1;
        if (cell.kind !== "glyph") continue;
        candidates.forEach(({ characters }, at) => {
          if (cell.character(characters) !== null) known[at] = (known[at] ?? 0) + 1;
        });
      }
    }
  }
  return glyphs;
}
