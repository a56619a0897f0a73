"use client";

import { RefreshCw } from "lucide-react";
import { Button } from "./button";
import { useRefresh } from "./use-refresh";

/** Asks the server for the page's data anew. */
export function RefreshButton({ children }: { children: string }) {
  const { refresh, pending } = useRefresh();
  return (
    <Button busy={pending} icon={<RefreshCw aria-hidden="true" />} onClick={refresh}>
      {children}
    </Button>
  );
}
