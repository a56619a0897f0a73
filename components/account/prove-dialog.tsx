"use client";

import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import type { ActionResult } from "@/lib/model/result";
import type { ProofActions } from "./prove-question";

type Call = <T>(call: () => Promise<ActionResult<T>>) => Promise<ActionResult<T>>;

// Rarely needed, so that no page loads it beforehand.
const ProveQuestion = lazy(() => import("./prove-question"));

const ProofContext = createContext<Call>(callAction);

/**
 * Gives `callAction` for actions that want a recent proof of who one is: when the server asks for
 * it, a dialog does, and the action is called again. Cancelled, the server's refusal is returned.
 */
export function useProof(): Call {
  return useContext(ProofContext);
}

/** Holds the dialog; around everything that uses `useProof`. */
export function ProofProvider({
  actions,
  children,
}: {
  actions: ProofActions;
  children: ReactNode;
}) {
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);

  const call: Call = async (work) => {
    const result = await callAction(work);
    if (result.ok || result.error.message.key !== "auth.prove_again") return result;
    const proved = await new Promise<boolean>((resolve) => setAnswer(() => resolve));
    setAnswer(null);
    return proved ? callAction(work) : result;
  };

  return (
    <ProofContext value={call}>
      {children}
      {answer && (
        <Suspense>
          <ProveQuestion actions={actions} answer={answer} />
        </Suspense>
      )}
    </ProofContext>
  );
}
