"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ChangedInRescue } from "@/lib/model/rescue";
import type { VmView } from "@/lib/model/vm";
import { ChangedDialog } from "./changed-dialog";
import type { EndRescueTools } from "./types";

/** On every page of a VM that is in rescue: since when, from what, and the way back. */
export function RescueBanner({ vm, tools }: { vm: VmView; tools: EndRescueTools }) {
  const t = useTranslations("vm.rescue");
  const format = useFormatter();
  const errorText = useErrorText();
  const put = useLivePut();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  if (vm.rescue === null) return null;
  const { image, since } = vm.rescue;

  async function end(changed: ChangedInRescue) {
    setBusy(true);
    const result = await callAction(() => tools.end({ vmId: vm.id, changed }));
    setBusy(false);
    if (result.ok) {
      setAsking(false);
      setFailure(null);
      toast.ok(t("ended", { name: vm.name }));
      put({ type: "vm", vm: result.value });
      return;
    }
    const { message } = result.error;
    const isChanged = message.key === "rescue.changed";
    setAsking(isChanged);
    setFailure(isChanged ? null : message);
  }

  return (
    <Callout tone="warn" role="status" title={t("banner")} className="mt-3">
      <p>
        {t("text", {
          image,
          date: format.dateTime(new Date(since), { dateStyle: "medium", timeStyle: "short" }),
        })}
      </p>
      <div className="mt-2">
        <ReasonButton
          size="sm"
          busy={busy}
          disabledReason={tools.forbidden}
          onClick={() => end("refuse")}
        >
          {t("end")}
        </ReasonButton>
      </div>
      {failure && (
        <p role="alert" className="mt-2 text-bad-text">
          {errorText(failure)}
        </p>
      )}
      {asking && (
        <ChangedDialog name={vm.name} busy={busy} end={end} onClose={() => setAsking(false)} />
      )}
    </Callout>
  );
}
