import { type RefObject, useEffect, useRef, useState } from "react";
import type { Viewer } from "../viewer";
import { readText } from "./read-text";

export type TextState =
  | { at: "reading" }
  | { at: "recognising"; done: number | null }
  /** `unknown` signs are shown as �. */
  | { at: "read"; lines: string[]; known: number; unknown: number }
  | { at: "recognised"; lines: string[] }
  | { at: "none" }
  | { at: "failed" };

/** What the screen shows as text: read at once, recognised if that is asked for. */
export function useScreenText(viewer: RefObject<Viewer | null>): {
  state: TextState;
  readAgain: () => void;
  recogniseNow: () => void;
  stop: () => void;
} {
  const [state, setState] = useState<TextState>({ at: "reading" });
  const turn = useRef(new AbortController());

  async function work(name: "reading" | "recognising") {
    turn.current.abort();
    const own = new AbortController();
    turn.current = own;
    const show = (next: TextState) => {
      if (!own.signal.aborted) setState(next);
    };
    show(name === "reading" ? { at: name } : { at: name, done: null });
    try {
      const screen = viewer.current;
      if (screen === null) throw new Error("no screen");
      const png = await screen.screenshot();
      show(name === "reading" ? await readNow(png, own.signal) : await recogniseIn(png));
    } catch {
      show({ at: "failed" });
    }

    async function recogniseIn(png: Blob): Promise<TextState> {
      const { recognise } = await import("./recognise/recognise");
      const lines = await recognise(png, {
        signal: own.signal,
        onProgress: (done) => show({ at: "recognising", done }),
      });
      return lines.length === 0 ? { at: "none" } : { at: "recognised", lines };
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each screen
  useEffect(() => {
    void work("reading");
    return () => turn.current.abort();
  }, [viewer]);

  return {
    state,
    readAgain: () => void work("reading"),
    recogniseNow: () => void work("recognising"),
    // What could be read before is read again, and takes no time.
    stop: () => void work("reading"),
  };
}

async function readNow(png: Blob, signal: AbortSignal): Promise<TextState> {
  const answer = await readText(png, signal);
  if (!answer.ok) return { at: "failed" };
  return answer.text === null ? { at: "none" } : { at: "read", ...answer.text };
}
