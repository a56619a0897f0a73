"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { ActionResult } from "@/lib/model/result";
import { callAction } from "./call-action";
import { toast } from "./toast";
import { useErrorText } from "./use-error-text";

/**
 * Runs a server action from a button: says how it ended and loads the page's data anew. `then`
 * gets the value of what went well.
 */
export function useAct() {
  const errorText = useErrorText();
  const router = useRouter();
  const [busy, startTransition] = useTransition();

  function act<T>(
    work: () => Promise<ActionResult<T>>,
    done: string | null,
    then?: (value: T) => void,
  ): void {
    startTransition(async () => {
      const result = await callAction(work);
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
