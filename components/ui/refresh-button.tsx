"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "./button";

/** Asks the server for the page's data anew. */
export function RefreshButton({ children }: { children: string }) {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  return (
    <Button
      busy={busy}
      icon={<RefreshCw aria-hidden="true" />}
      onClick={() => startTransition(() => router.refresh())}
    >
      {children}
    </Button>
  );
}
