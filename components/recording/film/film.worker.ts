import type { FilmAnswer, FilmOrder } from "./export-film";
import type { Film } from "./film";
import { GifFilm } from "./gif-film";
import { makeFilm } from "./make-film";
import { startWebmFilm } from "./webm-film";

/** Pictures go by too fast to be told of each. */
const tellEveryMs = 200;

/** Who waits for a segment; a worker reaches nothing by itself. */
let waiting: ((bytes: Uint8Array<ArrayBuffer>) => void) | null = null;

const answer = (message: FilmAnswer) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<FilmOrder>) => {
  if (data.type === "segment") {
    waiting?.(data.bytes);
    return;
  }
  try {
    const { plan, format, mostBytes } = data;
    const film: Film = format === "gif" ? new GifFilm() : await startWebmFilm(plan);
    let toldAtMs = 0;
    const made = await makeFilm({
      plan,
      film,
      mostBytes,
      load(segment) {
        answer({ type: "need", segment });
        return new Promise((resolve) => {
          waiting = resolve;
        });
      },
      onPicture(pictures, bytes) {
        const nowMs = performance.now();
        if (nowMs - toldAtMs < tellEveryMs) return;
        toldAtMs = nowMs;
        answer({ type: "progress", pictures, bytes });
      },
    });
    answer({ type: "made", made });
  } catch {
    answer({ type: "failed" });
  }
};
