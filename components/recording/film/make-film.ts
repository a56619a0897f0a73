import type { Film } from "./film";
import type { FilmPlan } from "./film-plan";
import { ScreenPainter } from "./screen-painter";

export interface MadeFilm {
  blob: Blob;
  lengthMs: number;
  /** Some of it is missing, for the film would be larger than it may be. */
  cut: boolean;
}

interface MakeFilmOptions {
  plan: FilmPlan;
  film: Film;
  mostBytes: number;
  /** Gives a segment's updates, unpacked. */
  load: (segment: number) => Promise<Uint8Array<ArrayBuffer>>;
  onPicture: (pictures: number, bytes: number) => void;
}

/** Paints the pictures of a plan, one after another, and gives each to the film. */
export async function makeFilm(options: MakeFilmOptions): Promise<MadeFilm> {
  const { plan, film, load, onPicture } = options;
  const painter = new ScreenPainter(plan.width, plan.height);
  let bytes = new Uint8Array();
  let painted = { segment: -1, updates: 0 };
  for (const [index, { segment, updates, atMs }] of plan.pictures.entries()) {
    if (film.bytes > options.mostBytes) {
      return { blob: await film.finish(atMs), lengthMs: atMs, cut: true };
    }
    if (segment !== painted.segment) {
      bytes = await load(segment);
      // The next may be of another size; what it paints first is the whole screen.
      painter.clear();
      painted = { segment, updates: 0 };
    }
    const lengths = plan.updateBytes[segment] ?? [];
    const sum = (count: number) => lengths.slice(0, count).reduce((all, each) => all + each, 0);
    painter.paint(bytes.subarray(sum(painted.updates), sum(updates)));
    painted.updates = updates;
    await film.add(painter, atMs);
    onPicture(index + 1, film.bytes);
  }
  return { blob: await film.finish(plan.lengthMs), lengthMs: plan.lengthMs, cut: false };
}
