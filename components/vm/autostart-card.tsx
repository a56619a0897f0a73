"use client";

import { Power, PowerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import type { AutostartAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface AutostartCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  setAutostart: AutostartAction;
}

/** Whether the VM starts with its host, and the button that changes it. */
export function AutostartCard({ detail, forbidden, setAutostart }: AutostartCardProps) {
  const t = useTranslations("vm");
  const errorText = useErrorText();
  const put = useLivePut();
  const vm = useVmDetail(detail);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const Icon = vm.autostart ? PowerOff : Power;
  const ended = !vm.autostart && vm.lease !== null && vm.lease.stoppedAt !== null;
  const unready = vm.state === "creating" || vm.state === "deleting" ? vm.state : null;
  const reason = unready ? t(`power.why.${unready}`) : ended ? t("autostart.leaseEnded") : null;

  async function change() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await callAction(() => setAutostart({ vmId: vm.id, autostart: !vm.autostart }));
    if (result.ok) put({ type: "vm", vm: result.value });
    else setFailure(result.error.message);
    setBusy(false);
  }

  return (
    <Card title={t("autostart.title")}>
      <p role="status" className="font-medium">
        {vm.autostart ? t("autostart.on") : t("autostart.off")}
      </p>
      <p className="mt-1 mb-3 text-13 text-muted">{t("autostart.hint")}</p>
      <ReasonButton
        size="sm"
        icon={<Icon aria-hidden="true" />}
        busy={busy}
        disabledReason={forbidden ?? reason}
        onClick={change}
      >
        {vm.autostart ? t("autostart.disable") : t("autostart.enable")}
      </ReasonButton>
      {failure && (
        <Callout tone="bad" role="alert" className="mt-3">
          {errorText(failure)}
        </Callout>
      )}
      <div className="mt-3">
        <VirshLine
          commands={[virshLine(["autostart", `p-${vm.id}`, vm.autostart && "--disable"])]}
        />
      </div>
    </Card>
  );
}
