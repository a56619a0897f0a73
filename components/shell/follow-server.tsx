"use client";

import { useEffect, useRef } from "react";
import { useRefresh } from "@/components/ui/use-refresh";
import type { RevisionOf } from "@/lib/model/live-event";
import { useLiveRevision } from "./live-provider";

/**
 * Asks the server for the page anew when it was rendered under another revision than the stream
 * tells: one request at a time, and one for every revision, so that a page that is newer than the
 * stream does not ask for ever.
 */
export function useFollowServer(rendered: string, live: string | null): void {
  const { refresh, pending } = useRefresh();
  const asked = useRef<string | null>(null);

  useEffect(() => {
    if (live === null || pending) return;
    if (live === rendered) {
      asked.current = null;
    } else if (asked.current !== live) {
      asked.current = live;
      refresh();
    }
  }, [rendered, live, pending, refresh]);
}

/** On a page that only the server renders: keeps it current. */
export function FollowServer({ of, rendered }: { of: RevisionOf; rendered: string }) {
  useFollowServer(rendered, useLiveRevision(of));
  return null;
}
