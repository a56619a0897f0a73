"use client";

import { type ReactNode, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";
import type { VmView } from "@/lib/model/vm";

interface SwitchCardProps {
  title: string;
  /** How it stands now. */
  status: string;
  hint: string;
  /** Stands between the hint and the button. */
  warning?: string | null;
  icon: ReactNode;
  button: string;
  disabledReason: string | null;
  change: () => Promise<ActionResult<VmView>>;
  children?: ReactNode;
}

/** One of a VM's settings that is on or off: how it stands, and the button that changes it. */
export function SwitchCard(props: SwitchCardProps) {
  const { title, status, hint, warning, icon, button, disabledReason, change, children } = props;
  const errorText = useErrorText();
  const put = useLivePut();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);

  async function run() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await callAction(change);
    if (result.ok) put({ type: "vm", vm: result.value });
    else setFailure(result.error.message);
    setBusy(false);
  }

  return (
    <Card title={title}>
      <p role="status" className="font-medium">
        {status}
      </p>
      <p className="mt-1 mb-3 text-13 text-muted">{hint}</p>
      {warning && (
        <Callout tone="warn" className="mb-3">
          {warning}
        </Callout>
      )}
      <ReasonButton size="sm" icon={icon} busy={busy} disabledReason={disabledReason} onClick={run}>
        {button}
      </ReasonButton>
      {failure && (
        <Callout tone="bad" role="alert" className="mt-3">
          {errorText(failure)}
        </Callout>
      )}
      {children && <div className="mt-3">{children}</div>}
    </Card>
  );
}
