"use client";

import type { UserMessage } from "@/lib/model/errors";
import { DialogEnd } from "./dialog-end";
import { ReasonButton } from "./reason-button";
import { useErrorText } from "./use-error-text";

interface PlanEndProps {
  /** What is said while the plan is being found out; null once it is there. */
  reading: string | null;
  /** Why there is no plan. */
  against: UserMessage | null;
  /** Why it could not be done. */
  failure: UserMessage | null;
  busy: boolean;
  /** Why it cannot be done as it stands; null when it can. */
  blocked: string | null;
  onCancel: () => void;
  /** What the button says. */
  children: string;
}

/** The end of a dialog that shows what will be before it is done. */
export function PlanEnd({ reading, against, failure, busy, blocked, ...rest }: PlanEndProps) {
  const errorText = useErrorText();
  return (
    <>
      {reading !== null && against === null && (
        <p role="status" className="text-13 text-muted">
          {reading}
        </p>
      )}
      <DialogEnd failure={failure ?? against} onCancel={rest.onCancel}>
        <ReasonButton
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={against === null ? (reading ?? blocked) : errorText(against)}
          align="end"
        >
          {rest.children}
        </ReasonButton>
      </DialogEnd>
    </>
  );
}
