"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Viewer } from "../viewer";
import { browserClipboard, type ClipboardSync, createClipboardSync } from "./sync";

const keyOf = (vmId: string) => `portico.clipboard.${vmId}`;

export interface SharedClipboard {
  /** Both clipboards are kept alike by themselves, as this browser remembers for the VM. */
  inStep: boolean;
  setInStep: (inStep: boolean) => void;
  /** What the guest copied last. */
  fromGuest: string;
  takeFromGuest: (text: string) => void;
}

/** A guest's clipboard and the computer's. `active`: the guest shares it, and this page may type. */
export function useClipboardSync(
  vmId: string,
  active: boolean,
  viewer: RefObject<Viewer | null>,
  screen: RefObject<HTMLElement | null>,
): SharedClipboard {
  const [inStep, setInStep] = useState(true);
  const [fromGuest, setFromGuest] = useState("");
  const sync = useRef<ClipboardSync | null>(null);

  useEffect(() => setInStep(window.localStorage.getItem(keyOf(vmId)) !== "apart"), [vmId]);

  useEffect(() => {
    const own = active && inStep ? browserClipboard() : null;
    const element = screen.current;
    if (own === null || element === null) return;
    const made = createClipboardSync(own, (text) => viewer.current?.sendClipboard(text));
    const onFocus = () => {
      // Coming back to the tab moves the window's focus, not the element's.
      if (element.contains(document.activeElement)) void made.focused();
    };
    sync.current = made;
    onFocus();
    element.addEventListener("focusin", onFocus);
    window.addEventListener("focus", onFocus);
    return () => {
      sync.current = null;
      element.removeEventListener("focusin", onFocus);
      window.removeEventListener("focus", onFocus);
    };
  }, [active, inStep, viewer, screen]);

  const takeFromGuest = useCallback((text: string) => {
    setFromGuest(text);
    void sync.current?.fromGuest(text);
  }, []);

  return {
    inStep,
    setInStep(next) {
      setInStep(next);
      if (next) window.localStorage.removeItem(keyOf(vmId));
      else window.localStorage.setItem(keyOf(vmId), "apart");
    },
    fromGuest,
    takeFromGuest,
  };
}
