"use client";

import { Lock, LockOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import type { LockAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface LockCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  lock: LockAction;
}

/** Whether the VM is held against deletion, and the button that changes it. */
export function LockCard({ detail, forbidden, lock }: LockCardProps) {
  const t = useTranslations("vm");
  const errorText = useErrorText();
  const put = useLivePut();
  const vm = useVmDetail(detail);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const Icon = vm.locked ? LockOpen : Lock;

  async function change() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await callAction(() => lock({ vmId: vm.id, locked: !vm.locked }));
    if (result.ok) put({ type: "vm", vm: result.value });
    else setFailure(result.error.message);
    setBusy(false);
  }

  return (
    <Card title={t("lock.title")}>
      <p role="status" className="font-medium">
        {vm.locked ? t("lock.on") : t("lock.off")}
      </p>
      <p className="mt-1 mb-3 text-13 text-muted">{t("lock.hint")}</p>
      {vm.locked && vm.lease !== null && vm.lease.stoppedAt !== null && (
        <Callout tone="warn" className="mb-3">
          {t("lock.leaseEnded")}
        </Callout>
      )}
      <ReasonButton
        size="sm"
        icon={<Icon aria-hidden="true" />}
        busy={busy}
        disabledReason={forbidden ?? (vm.state === "deleting" ? t("power.why.deleting") : null)}
        onClick={change}
      >
        {vm.locked ? t("lock.unlock") : t("lock.lock")}
      </ReasonButton>
      {failure && (
        <Callout tone="bad" role="alert" className="mt-3">
          {errorText(failure)}
        </Callout>
      )}
    </Card>
  );
}
