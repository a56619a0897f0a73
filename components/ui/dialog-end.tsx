"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Callout } from "./callout";
import { useErrorText } from "./use-error-text";
import type { Failure } from "./use-submit";

interface DialogEndProps {
  /** Why it could not be done; null when nothing has failed. */
  failure: Failure | null;
  onCancel: () => void;
  /** The button that does it. */
  children: ReactNode;
}

/** The end of a dialog's form: what went wrong, a way out, and the button that goes on. */
export function DialogEnd({ failure, onCancel, children }: DialogEndProps) {
  const t = useTranslations("common");
  const errorText = useErrorText();
  return (
    <>
      {failure && (
        <Callout tone="bad" role="alert">
          {errorText(failure)}
          {failure.reason !== undefined && failure.key === "host.refused" && (
            <span className="mt-1 block font-mono text-xs [overflow-wrap:anywhere]">
              {failure.reason}
            </span>
          )}
        </Callout>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t("cancel")}</Button>
        {children}
      </div>
    </>
  );
}
