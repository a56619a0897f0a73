import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";
import type { RecordingDetail } from "@/lib/model/recording";
import { segmentsFrom } from "./fetch-segment";
import { openReplay } from "./open-replay";
import { Replay, type ReplayState } from "./replay";

const stepMs = 50;
const noState: ReplayState = {
  atMs: 0,
  playing: false,
  speed: 1,
  skips: true,
  loading: true,
  failed: false,
};

/** Plays a recording into an element; null until its first picture is there. */
export function useReplay(
  of: RecordingDetail,
  segmentsHref: string,
  target: RefObject<HTMLDivElement | null>,
): { replay: Replay | null; state: ReplayState; broken: boolean } {
  // What is read anew meanwhile does not begin it anew.
  const [recording] = useState(of);
  const [replay, setReplay] = useState<Replay | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const element = target.current;
    const [first] = recording.segments;
    if (element === null || first === undefined) return;
    let left = false;
    let close: () => void = () => undefined;
    openReplay(element, first, () => setBroken(true))
      .then(async (screen) => {
        close = () => screen.close();
        if (left) return close();
        const opened = new Replay(recording, segmentsFrom(segmentsHref), screen);
        await opened.seek(first.startMs);
        if (!left) setReplay(opened);
      })
      .catch(() => setBroken(true));
    return () => {
      left = true;
      close();
      setReplay(null);
    };
  }, [recording, segmentsHref, target]);

  const state = useSyncExternalStore(
    replay?.subscribe ?? (() => () => undefined),
    replay?.getState ?? (() => noState),
    () => noState,
  );

  const { playing } = state;
  useEffect(() => {
    if (replay === null || !playing) return;
    let lastMs = performance.now();
    const timer = setInterval(() => {
      const nowMs = performance.now();
      replay.advance(nowMs - lastMs);
      lastMs = nowMs;
    }, stepMs);
    return () => clearInterval(timer);
  }, [replay, playing]);

  return { replay, state, broken };
}
