import { useEffect, useRef } from "react";
import { useRefresh } from "@/components/ui/use-refresh";

/** What moves together is followed by one request; a console has its ticket before it. */
const settleMs = 300;

/** Has the page read anew some moments after `now` changes. Null is no change. */
export function useCalmRefresh(now: string | null): void {
  const { refresh } = useRefresh();
  const seen = useRef<string | null>(null);
  const due = useRef(false);

  useEffect(() => {
    if (now !== null && seen.current !== now) {
      if (seen.current !== null) due.current = true;
      seen.current = now;
    }
    if (!due.current) return;
    const timer = setTimeout(() => {
      due.current = false;
      refresh();
    }, settleMs);
    return () => clearTimeout(timer);
  }, [now, refresh]);
}
