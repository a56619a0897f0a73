"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useProof } from "@/components/account/prove-dialog";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionResult } from "@/lib/model/result";

interface Change {
  busy: boolean;
  /** Calls the action, reads the page anew and says how it went; gives the value, or null. */
  run<T>(call: () => Promise<ActionResult<T>>, said?: string): Promise<{ value: T } | null>;
}

/** One change of a page that the server renders; asks for a proof where the server wants one. */
export function useChange(): Change {
  const router = useRouter();
  const errorText = useErrorText();
  const prove = useProof();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async run(call, said) {
      setBusy(true);
      const result = await prove(call);
      setBusy(false);
      if (!result.ok) {
        toast.bad(errorText(result.error.message));
        // Somebody else may have been faster: show what is there.
        router.refresh();
        return null;
      }
      if (said !== undefined) toast.ok(said);
      router.refresh();
      return { value: result.value };
    },
  };
}
