import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { withBase } from "@/lib/base-path";
import { useLiveStatus } from "./live-provider";

/** What moves together is followed by one request; a console has its ticket before it. */
const settleMs = 300;

/**
 * Has the page read anew some moments after `now` changes, once the portal is there: a page that
 * cannot be read is left by Next for the browser's own page of errors, and a console with it. Null
 * is no change.
 */
export function useCalmRefresh(now: string | null): void {
  const router = useRouter();
  const heard = useLiveStatus() === "open";
  const seen = useRef<string | null>(null);
  const due = useRef(false);

  useEffect(() => {
    if (now !== null && seen.current !== now) {
      if (seen.current !== null) due.current = true;
      seen.current = now;
    }
    if (!due.current || !heard) return;
    const over = new AbortController();
    const timer = setTimeout(async () => {
      if (!(await portalIsThere(over.signal)) || over.signal.aborted) return;
      due.current = false;
      router.refresh();
    }, settleMs);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [now, heard, router]);
}

async function portalIsThere(signal: AbortSignal): Promise<boolean> {
  const request = { cache: "no-store", signal } as const;
  return fetch(withBase("/api/healthz"), request).then(
    ({ ok }) => ok,
    () => false,
  );
}
