"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const shownMs = 2_500;
/** The pointer reaches for the bar within this distance of the upper edge. */
const edgePx = 6;

/**
 * Whether a bar at the upper edge is shown. While `active` it goes away after a moment, and
 * comes back when the pointer touches the edge, when focus enters it, or by `show()`.
 */
export function useAutoHide(
  active: boolean,
  bar: RefObject<HTMLElement | null>,
): { shown: boolean; show: () => void } {
  const [shown, setShown] = useState(true);
  const showNow = useRef<() => void>(() => undefined);
  const show = useCallback(() => showNow.current(), []);

  useEffect(() => {
    if (!active) {
      setShown(true);
      return;
    }
    const element = bar.current;
    let timer: ReturnType<typeof setTimeout>;
    function hideLater() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (element?.matches(":hover, :focus-within")) hideLater();
        else setShown(false);
      }, shownMs);
    }
    function reveal() {
      setShown(true);
      hideLater();
    }
    function onMove(event: MouseEvent) {
      if (event.clientY <= edgePx) reveal();
    }
    showNow.current = reveal;
    reveal();
    window.addEventListener("mousemove", onMove);
    element?.addEventListener("focusin", reveal);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("mousemove", onMove);
      element?.removeEventListener("focusin", reveal);
    };
  }, [active, bar]);

  return { shown: shown || !active, show };
}
