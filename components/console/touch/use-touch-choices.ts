"use client";

import { useEffect, useState } from "react";

const padKey = "portico.touchpad";
const hintKey = "portico.gestures";

interface TouchChoices {
  touchpad: boolean;
  setTouchpad: (touchpad: boolean) => void;
  /** What fingers can do is shown: the first time on a touch screen, and when it is asked for. */
  hinted: boolean;
  setHinted: (hinted: boolean) => void;
}

/** How this browser's person touches screens, and whether he has been told how he can. */
export function useTouchChoices(): TouchChoices {
  const [touchpad, setTouchpad] = useState(false);
  const [hinted, setHinted] = useState(false);

  useEffect(() => {
    setTouchpad(window.localStorage.getItem(padKey) === "on");
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    setHinted(coarse && window.localStorage.getItem(hintKey) === null);
  }, []);

  return {
    touchpad,
    setTouchpad(next) {
      setTouchpad(next);
      window.localStorage.setItem(padKey, next ? "on" : "off");
    },
    hinted,
    setHinted(next) {
      setHinted(next);
      if (!next) window.localStorage.setItem(hintKey, "seen");
    },
  };
}
