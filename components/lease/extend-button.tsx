"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { extensionOf } from "@/lib/model/lease";
import type { VmView } from "@/lib/model/vm";
import type { LeaseTerms } from "./types";

const tickMs = 60_000;

/** Extends as far as the project allows from now, and says how far that is. */
export function ExtendButton({ vm, terms }: { vm: VmView; terms: LeaseTerms }) {
  const t = useTranslations("lease");
  const format = useFormatter();
  const errorText = useErrorText();
  const put = useLivePut();
  const now = useNow({ updateInterval: tickMs });
  const [busy, setBusy] = useState(false);
  const endsAt = vm.lease === null ? null : new Date(vm.lease.endsAt);
  const extension = extensionOf(endsAt, terms.leaseDays, now);

  async function run() {
    setBusy(true);
    const result = await callAction(() => terms.extend({ vmId: vm.id }));
    setBusy(false);
    if (!result.ok) {
      toast.bad(errorText(result.error.message));
      return;
    }
    put({ type: "vm", vm: result.value });
    toast.ok(t("extended"));
  }

  const reason = extension.ok ? null : errorText({ key: `lease.${extension.reason}` });
  return (
    <ReasonButton size="sm" busy={busy} disabledReason={terms.forbidden ?? reason} onClick={run}>
      {extension.ok
        ? t("extendTo", { date: format.dateTime(extension.endsAt, { dateStyle: "medium" }) })
        : t("extend")}
    </ReasonButton>
  );
}
