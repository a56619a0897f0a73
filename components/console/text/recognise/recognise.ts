import type { Worker as Tesseract } from "tesseract.js";
import { enlarge } from "./enlarge";
import { linesOf } from "./lines-of";

/** All of it comes from the portal itself. */
const files = {
  worker: new URL("tesseract.js/dist/worker.min.js", import.meta.url),
  core: new URL("tesseract.js-core/tesseract-core-simd-lstm.wasm.js", import.meta.url),
};

/** Tesseract's engine of neural networks, the only one that the core has. */
const lstm = 1;

interface RecogniseOptions {
  signal: AbortSignal;
  /** 0 to 1, once the letters are being looked at; before that null. */
  onProgress: (done: number | null) => void;
}

/**
 * Recognises letters in a picture: a guess, in a worker that nothing loads before. Rejects when it
 * cannot, or is ended.
 */
export async function recognise(png: Blob, options: RecogniseOptions): Promise<string[]> {
  const { signal, onProgress } = options;
  onProgress(null);
  const [{ createWorker }, letters, picture] = await Promise.all([
    import("tesseract.js"),
    fetchLetters(signal),
    enlarge(png),
  ]);
  // The worker reaches nothing but what the page hands it.
  const handed = URL.createObjectURL(letters);
  let worker: Tesseract | null = null;
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("ended")), { once: true });
  });
  const starting = createWorker("eng", lstm, {
    workerPath: files.worker.href,
    corePath: files.core.href,
    workerBlobURL: false,
    // It appends the file's name, which a blob does not have.
    langPath: `${handed}#`,
    cacheMethod: "none",
    logger: ({ status, progress }) => {
      if (status === "recognizing text" && !signal.aborted) onProgress(progress);
    },
    errorHandler: () => undefined,
  });
  try {
    signal.throwIfAborted();
    worker = await Promise.race([starting, ended]);
    const output = { text: false, blocks: true };
    const { data } = await Promise.race([worker.recognize(picture, {}, output), ended]);
    return linesOf(data.blocks);
  } finally {
    URL.revokeObjectURL(handed);
    // Also one that is still coming when it is no longer wanted.
    starting.then((late) => late.terminate()).catch(() => undefined);
  }
}

/** How English letters look. */
async function fetchLetters(signal: AbortSignal): Promise<Blob> {
  const answer = await fetch(
    new URL("@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz", import.meta.url),
    { signal },
  );
  if (!answer.ok) throw new Error(`letters: ${answer.status}`);
  return answer.blob();
}
