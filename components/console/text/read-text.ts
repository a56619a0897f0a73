import type { ScreenText } from "@/lib/model/screen-text/read-screen-text";

/** What a worker found; `text` is null where there is none that can be read. */
export type ReadText = { ok: true; text: ScreenText | null } | { ok: false };

const longestMs = 20_000;

/** Reads the text of a picture in a worker of its own, which nothing loads before it is asked for. */
export function readText(png: Blob, signal: AbortSignal): Promise<ReadText> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./read-text.worker.ts", import.meta.url), {
      type: "module",
    });
    const end = (answer: ReadText) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ ok: false }), longestMs);
    signal.addEventListener("abort", () => end({ ok: false }), { once: true });
    worker.onmessage = ({ data }: MessageEvent<ReadText>) => end(data);
    worker.onerror = () => end({ ok: false });
    worker.postMessage(png);
  });
}
