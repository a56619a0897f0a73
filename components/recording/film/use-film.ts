import { useEffect, useRef, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { saveFile } from "@/components/ui/save-file";
import type { UserMessage } from "@/lib/model/errors";
import type { FilmFormat } from "@/lib/model/recording";
import type { ActionResult } from "@/lib/model/result";
import type { LoadSegment } from "../replay";
import { exportFilm } from "./export-film";
import type { FilmPlan } from "./film-plan";

export type FilmState =
  | { at: "wish" }
  | { at: "making"; pictures: number; bytes: number }
  | { at: "saved"; bytes: number; lengthMs: number; cut: boolean }
  /** The portal's word, where it has one. */
  | { at: "failed"; message: UserMessage | null };

interface FilmOrder {
  plan: FilmPlan;
  format: FilmFormat;
  name: string;
  load: LoadSegment;
  /** Tells the portal, before anything is made. */
  note: () => Promise<ActionResult<void>>;
}

/** Makes films, one at a time, and saves them. What is being made ends with the component. */
export function useFilm(): {
  state: FilmState;
  make: (order: FilmOrder) => Promise<void>;
  stop: () => void;
} {
  const [state, setState] = useState<FilmState>({ at: "wish" });
  const making = useRef<AbortController | null>(null);
  useEffect(() => () => making.current?.abort(), []);

  async function make({ plan, format, name, load, note }: FilmOrder) {
    const turn = new AbortController();
    making.current = turn;
    const show = (next: FilmState) => {
      if (!turn.signal.aborted) setState(next);
    };
    show({ at: "making", pictures: 0, bytes: 0 });
    const noted = await callAction(note);
    if (turn.signal.aborted) return;
    if (!noted.ok) return show({ at: "failed", message: noted.error.message });
    try {
      const made = await exportFilm({
        plan,
        format,
        load,
        signal: turn.signal,
        onProgress: (pictures, bytes) => show({ at: "making", pictures, bytes }),
      });
      saveFile(name, made.blob);
      show({ at: "saved", bytes: made.blob.size, lengthMs: made.lengthMs, cut: made.cut });
    } catch {
      show({ at: "failed", message: null });
    }
  }

  function stop() {
    making.current?.abort();
    setState({ at: "wish" });
  }

  return { state, make, stop };
}
