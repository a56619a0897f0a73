"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ClipboardView } from "@/lib/model/clipboard";
import type { UserMessage } from "@/lib/model/errors";

/** What a VM says of its clipboard, and the way to another setting. */
export interface ClipboardSetting {
  /** Null while there is no domain. */
  view: ClipboardView | null;
  /** Why the person may not turn it on; null when he may. */
  forbidden: string | null;
  /** Turns it on for the next start; resolves to why that failed, or null. */
  turnOn: () => Promise<UserMessage | null>;
}

/** Whether the clipboard goes anywhere, and what is missing if it does not. */
export function ClipboardState({ view, forbidden, turnOn }: ClipboardSetting) {
  const t = useTranslations("console.clipboard");
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);

  async function run() {
    setBusy(true);
    setFailure(await turnOn());
    setBusy(false);
  }

  if (view?.now === true) {
    return (
      <Callout tone={view.agent ? "info" : "warn"} role="status">
        {view.agent ? t("works") : t("noAgent")}
      </Callout>
    );
  }
  if (view?.next === true) return <Callout role="status">{t("nextStart")}</Callout>;
  return (
    <>
      <Callout role="status">{t("off")}</Callout>
      <p className="text-13 text-muted">{t("price")}</p>
      <div>
        <ReasonButton size="sm" busy={busy} disabledReason={forbidden} onClick={run}>
          {t("turnOn")}
        </ReasonButton>
      </div>
      {failure && (
        <Callout tone="bad" role="alert">
          {errorText(failure)}
        </Callout>
      )}
    </>
  );
}
