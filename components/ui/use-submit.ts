import { useState } from "react";
import { callAction } from "@/components/ui/call-action";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";

/** Why a call failed. */
export interface Failure extends UserMessage {
  /** The host's own words, where it refused. */
  reason?: string;
}

/** One form's call: whether it is under way, and why it failed. */
export function useSubmit() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  /** Resolves to whether it worked. */
  async function submit(call: () => Promise<ActionResult<unknown>>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    const result = await callAction(call);
    setBusy(false);
    if (result.ok) return true;
    const [field] = Object.values(result.error.fields);
    const { reason } = result.error.details;
    setFailure(field ?? { ...result.error.message, ...(typeof reason === "string" && { reason }) });
    return false;
  }

  return { busy, failure, submit };
}
