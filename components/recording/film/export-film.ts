import type { FilmFormat } from "@/lib/model/recording";
import type { LoadSegment } from "../replay";
import { filmLimits } from "./film-limits";
import type { FilmPlan } from "./film-plan";
import type { MadeFilm } from "./make-film";

export type FilmOrder =
  | { type: "begin"; plan: FilmPlan; format: FilmFormat; mostBytes: number }
  | { type: "segment"; bytes: Uint8Array<ArrayBuffer> };

export type FilmAnswer =
  | { type: "need"; segment: number }
  | { type: "progress"; pictures: number; bytes: number }
  | { type: "made"; made: MadeFilm }
  | { type: "failed" };

interface ExportFilmOptions {
  plan: FilmPlan;
  format: FilmFormat;
  load: LoadSegment;
  /** Ends it; then it rejects. */
  signal: AbortSignal;
  onProgress: (pictures: number, bytes: number) => void;
}

/** Makes a film in a worker of its own, which nothing loads before. Rejects when it cannot. */
export function exportFilm(options: ExportFilmOptions): Promise<MadeFilm> {
  const { plan, format, load, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./film.worker.ts", import.meta.url), { type: "module" });
    const order = (message: FilmOrder) => worker.postMessage(message);
    const fail = () => {
      worker.terminate();
      reject(new Error("there is no film"));
    };
    signal.addEventListener("abort", fail, { once: true });
    worker.onerror = fail;
    worker.onmessage = ({ data }: MessageEvent<FilmAnswer>) => {
      if (data.type === "need") {
        load(data.segment).then((bytes) => order({ type: "segment", bytes }), fail);
      } else if (data.type === "progress") {
        onProgress(data.pictures, data.bytes);
      } else if (data.type === "made") {
        worker.terminate();
        resolve(data.made);
      } else {
        fail();
      }
    };
    order({ type: "begin", plan, format, mostBytes: filmLimits.bytes });
  });
}
