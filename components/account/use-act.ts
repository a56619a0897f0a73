"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionResult } from "@/lib/model/result";
import { useProof } from "./prove-dialog";

/**
 * Runs a server action from a button: asks for a proof where the server wants one, says how it
 * ended and loads the page's data anew. `then` gets the value of what went well.
 */
export function useAct() {
  const call = useProof();
  const errorText = useErrorText();
  const router = useRouter();
  const [busy, startTransition] = useTransition();

  function act<T>(
    work: () => Promise<ActionResult<T>>,
    done: string | null,
    then?: (value: T) => void,
  ): void {
    startTransition(async () => {
      const result = await call(work);
      if (!result.ok) toast.bad(errorText(result.error.message));
      else {
        if (done !== null) toast.ok(done);
        then?.(result.value);
      }
      router.refresh();
    });
  }

  return { busy, act };
}
