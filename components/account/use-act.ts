"use client";

import { useChange } from "@/components/project/use-change";
import type { ActionResult } from "@/lib/model/result";

/**
 * `useChange` for event handlers: runs a server action from a button, and `then` gets the value
 * of what went well.
 */
export function useAct() {
  const { busy, run } = useChange();

  function act<T>(
    work: () => Promise<ActionResult<T>>,
    done: string | null,
    then?: (value: T) => void,
  ): void {
    void run(work, done ?? undefined).then((result) => {
      if (result) then?.(result.value);
    });
  }

  return { busy, act };
}
