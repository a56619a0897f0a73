"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState, useTransition } from "react";
import { awaitPortal } from "./await-portal";

interface Refresh {
  /** Has the page read anew; what is asked for while one is on its way to the portal is that one. */
  refresh(): void;
  /** From the wish to the page that is there. */
  pending: boolean;
}

/**
 * Reads the page anew, as soon as the portal answers: a page that cannot be read is left by Next
 * for the browser's own page of errors, and all that is open on it with it. For what happens by
 * itself; after an action the portal has just answered.
 */
export function useRefresh(): Refresh {
  const router = useRouter();
  const [due, setDue] = useState(false);
  const [reading, startTransition] = useTransition();

  useEffect(() => {
    if (!due) return;
    const over = new AbortController();
    void awaitPortal(over.signal).then((there) => {
      if (!there) return;
      setDue(false);
      startTransition(() => router.refresh());
    });
    return () => over.abort();
  }, [due, router]);

  return { refresh: useCallback(() => setDue(true), []), pending: due || reading };
}
