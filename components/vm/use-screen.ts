"use client";

import { useEffect, useState } from "react";
import { withBase } from "@/lib/base-path";

const everyMs = 10_000;

/**
 * The address of a picture of what a VM's screen shows, asked for every ten seconds while the page
 * is seen; null while there is none. `bootId` is null while the VM is off.
 */
export function useScreen(href: string, bootId: string | null): string | null {
  const [shown, setShown] = useState<string | null>(null);

  useEffect(() => {
    if (bootId === null) return;
    const abort = new AbortController();
    let last: string | null = null;
    const show = (next: string | null) => {
      if (last !== null) URL.revokeObjectURL(last);
      last = next;
      setShown(next);
    };
    const look = async () => {
      if (document.hidden) return;
      // Revalidated, so that a screen that stands still costs no bytes.
      const answer = await fetch(withBase(href), { cache: "no-cache", signal: abort.signal }).catch(
        () => null,
      );
      const picture = answer?.ok ? await answer.blob().catch(() => null) : null;
      if (abort.signal.aborted || (answer === null && last !== null)) return;
      show(picture && URL.createObjectURL(picture));
    };
    const onVisible = () => void look();
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", onVisible);
    void look();
    return () => {
      abort.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
      show(null);
    };
  }, [href, bootId]);

  return shown;
}
