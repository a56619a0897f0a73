"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { PlannedKey } from "@/lib/model/keyboard/plan-text";
import { type TypingResult, typeKeys } from "./typist";
import type { Viewer } from "./viewer";

export type TypingState =
  | { phase: "ready" }
  | { phase: "typing"; typed: number; of: number }
  | { phase: "ended"; result: TypingResult; of: number };

interface UseTyping {
  state: TypingState;
  start: (keys: readonly PlannedKey[]) => void;
  cancel: () => void;
}

/** Types into the guest; ends with the dialog, and as soon as the guest takes no input. */
export function useTyping(viewer: RefObject<Viewer | null>, takesInput: boolean): UseTyping {
  const [state, setState] = useState<TypingState>({ phase: "ready" });
  const running = useRef<AbortController | null>(null);

  const cancel = useCallback(() => running.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  useEffect(() => {
    if (!takesInput) cancel();
  }, [takesInput, cancel]);

  function start(keys: readonly PlannedKey[]): void {
    const keyboard = viewer.current?.keyboard;
    if (!keyboard || running.current) return;
    const controller = new AbortController();
    running.current = controller;
    const of = keys.length;
    setState({ phase: "typing", typed: 0, of });
    void typeKeys(keyboard, keys, {
      signal: controller.signal,
      onProgress: (typed) => setState({ phase: "typing", typed, of }),
    }).then((result) => {
      running.current = null;
      setState({ phase: "ended", result, of });
    });
  }

  return { state, start, cancel };
}
