import type { RecordedSegment } from "@/lib/model/recording";
import { segmentAt, shownAt } from "../timeline";

/** A film shows no picture for less. */
const pictureMs = 100;
/** Stillness beyond this is cut out, when it is to be. */
const stillMs = 2_000;

export interface FilmWish {
  fromMs: number;
  toMs: number;
  /** How much faster than it was. */
  speed: number;
  skips: boolean;
}

/** A picture of a film: so many updates of this segment, shown from this time of the film on. */
export interface FilmPicture {
  segment: number;
  updates: number;
  atMs: number;
}

export interface FilmPlan {
  width: number;
  height: number;
  lengthMs: number;
  /** At least one, the first at 0. */
  pictures: FilmPicture[];
  /** Lengths of the updates of each segment. */
  updateBytes: number[][];
}

/**
 * Which pictures a film of a part of a recording has. Each stands for as long as nothing changes;
 * of what changes more often than a film shows, the last is shown. Null without a recording.
 */
export function planFilm(segments: readonly RecordedSegment[], wish: FilmWish): FilmPlan | null {
  const first = segmentAt(segments, wish.fromMs);
  const begin = segments[first];
  if (begin === undefined) return null;
  const pictures = [{ segment: first, updates: shownAt(begin, wish.fromMs), atMs: 0 }];
  let filmMs = 0;
  let lastMs = wish.fromMs;
  const pass = (toMs: number) => {
    const gapMs = wish.skips ? Math.min(stillMs, toMs - lastMs) : toMs - lastMs;
    filmMs += gapMs / wish.speed;
    lastMs = toMs;
    return Math.ceil(filmMs / pictureMs) * pictureMs;
  };
  for (const [segment, { updates }] of segments.entries()) {
    for (const [index, [atMs]] of updates.entries()) {
      if (atMs <= wish.fromMs || atMs > wish.toMs) continue;
      const next = { segment, updates: index + 1, atMs: pass(atMs) };
      if (pictures.at(-1)?.atMs === next.atMs) pictures.pop();
      pictures.push(next);
    }
  }
  const lengthMs = Math.max(pass(wish.toMs), (pictures.at(-1)?.atMs ?? 0) + pictureMs);
  const shown = segments.filter((_, position) =>
    pictures.some(({ segment }) => segment === position),
  );
  return {
    width: Math.max(...shown.map(({ width }) => width)),
    height: Math.max(...shown.map(({ height }) => height)),
    lengthMs,
    pictures,
    updateBytes: segments.map(({ updates }) => updates.map(([, bytes]) => bytes)),
  };
}
