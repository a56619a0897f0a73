"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";

/** Chromium's Keyboard Lock: keys that the system would take go to the page in full screen. */
type LockingNavigator = Navigator & {
  keyboard?: { lock?: () => Promise<void>; unlock?: () => void };
};

interface FullScreen {
  active: boolean;
  /** Alt-Tab, Esc and the like reach the guest; leaving takes a long press of Esc. */
  keyboardLocked: boolean;
  /** Rejects when the browser does not allow it. */
  toggle: () => Promise<void>;
}

/** Full screen for one element. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const [active, setActive] = useState(false);
  const [keyboardLocked, setKeyboardLocked] = useState(false);

  useEffect(() => {
    const keyboard = (navigator as LockingNavigator).keyboard;
    function onChange() {
      const now = element.current !== null && document.fullscreenElement === element.current;
      setActive(now);
      if (!now) {
        keyboard?.unlock?.();
        setKeyboardLocked(false);
        return;
      }
      // Refused on plain http and in other browsers: then the system keeps its keys.
      keyboard?.lock?.().then(
        () => setKeyboardLocked(true),
        () => setKeyboardLocked(false),
      );
    }
    document.addEventListener("fullscreenchange", onChange);
    return () => document.removeEventListener("fullscreenchange", onChange);
  }, [element]);

  const toggle = useCallback(async () => {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (element.current) await element.current.requestFullscreen();
  }, [element]);

  return { active, keyboardLocked, toggle };
}
