"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Callout } from "@/components/ui/callout";
import { LocalTime } from "@/components/ui/local-time";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { useRefresh } from "@/components/ui/use-refresh";
import { useSubmit } from "@/components/ui/use-submit";
import type { VmDetail } from "@/lib/model/vm";
import type { ThawGuestAction } from "./types";

/** Between looks whether the portal has thawed it by itself. */
const lookMs = 2_000;

interface FrozenCalloutProps {
  vm: VmDetail;
  /** When the portal thaws by itself. */
  until: string;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  thawGuest: ThawGuestAction;
}

/** That the guest's file systems are at rest, until when, and the way out. */
export function FrozenCallout({ vm, until, forbidden, thawGuest }: FrozenCalloutProps) {
  const t = useTranslations("guest.freeze");
  const errorText = useErrorText();
  const { refresh } = useRefresh();
  const { busy, failure, submit } = useSubmit();

  useEffect(() => {
    const timer = setInterval(() => {
      if (Date.now() >= Date.parse(until)) refresh();
    }, lookMs);
    return () => clearInterval(timer);
  }, [until, refresh]);

  async function thaw() {
    if (await submit(() => thawGuest({ vmId: vm.id }))) refresh();
  }

  return (
    <Callout tone="warn" role="status" title={t("frozen")}>
      <p>
        {t("until")} <LocalTime at={until} />
      </p>
      {failure && (
        <p role="alert" className="mt-1 text-bad-text">
          {errorText(failure)} {failure.reason}
        </p>
      )}
      <ReasonButton
        size="sm"
        busy={busy}
        disabledReason={forbidden}
        onClick={() => void thaw()}
        className="mt-2"
      >
        {t("thaw")}
      </ReasonButton>
    </Callout>
  );
}
