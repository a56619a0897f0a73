"use client";

import { type RefObject, useEffect } from "react";
import { createEscapeChord } from "./escape-chord";
import { releaseKeys } from "./viewer";

/**
 * Lets a person leave the screen by keyboard: every key goes to the guest, but the escape
 * chord calls `onEscape`. When focus leaves, keys that are still down are released there.
 */
export function useKeyboardRelease(
  target: RefObject<HTMLElement | null>,
  onEscape: () => void,
): void {
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const chord = createEscapeChord();
    const onDown = (event: KeyboardEvent) => chord.down(event.key);
    const onUp = (event: KeyboardEvent) => {
      if (chord.up(event.key)) onEscape();
    };
    const onLeave = () => {
      chord.reset();
      releaseKeys();
    };
    // In the capture phase: noVNC lets no key event bubble.
    element.addEventListener("keydown", onDown, true);
    element.addEventListener("keyup", onUp, true);
    element.addEventListener("focusout", onLeave);
    return () => {
      element.removeEventListener("keydown", onDown, true);
      element.removeEventListener("keyup", onUp, true);
      element.removeEventListener("focusout", onLeave);
    };
  }, [target, onEscape]);
}
