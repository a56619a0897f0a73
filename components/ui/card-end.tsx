"use client";

import { Callout } from "./callout";
import { ReasonButton } from "./reason-button";
import { useErrorText } from "./use-error-text";
import type { Failure } from "./use-submit";

interface CardEndProps {
  /** Why it could not be done; null when nothing has failed. */
  failure: Failure | null;
  busy: boolean;
  /** Why it cannot be done now; null when it can. */
  blocked: string | null | undefined;
  /** What the button says. */
  children: string;
}

/** The end of a card's form: what went wrong, with the host's own words, and the button. */
export function CardEnd({ failure, busy, blocked, children }: CardEndProps) {
  const errorText = useErrorText();
  return (
    <>
      {failure && (
        <Callout tone="bad" role="alert" title={errorText(failure)}>
          {failure.reason}
        </Callout>
      )}
      <div>
        <ReasonButton type="submit" busy={busy} disabledReason={blocked}>
          {children}
        </ReasonButton>
      </div>
    </>
  );
}
