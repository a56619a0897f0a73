"use client";

import { Stethoscope } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useLiveVm } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { formatBytes } from "@/components/ui/format";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import type { DiskCheckView, DiskFileView } from "@/lib/model/volume/disk-file";
import { checkCommand } from "@/lib/model/volume/file-commands";
import type { CheckAction } from "./types";

interface CheckCardProps {
  detail: VmDetail;
  view: DiskFileView;
  forbidden: string | null;
  check: CheckAction;
}

/** Looks whether the file is sound in itself, and says what was found. */
export function CheckCard({ detail, view, forbidden, check }: CheckCardProps) {
  const t = useTranslations("volume");
  const errorText = useErrorText();
  const vm = useLiveVm(detail) ?? detail;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const [found, setFound] = useState<DiskCheckView | null>(null);
  const problem =
    view.format !== "qcow2"
      ? { key: "volume.check_raw" }
      : vm.bootId !== null
        ? { key: "volume.check_not_off" }
        : null;

  async function run() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    setFound(null);
    const result = await callAction(() => check({ vmId: view.vmId, target: view.target }));
    if (result.ok) setFound(result.value);
    else setFailure(result.error.message);
    setBusy(false);
  }

  return (
    <Card title={t("check")} description={t("checkHint")}>
      <div className="flex flex-col items-start gap-3">
        <ReasonButton
          icon={<Stethoscope aria-hidden="true" />}
          busy={busy}
          disabledReason={forbidden ?? (problem && errorText(problem))}
          onClick={run}
        >
          {t("checkNow")}
        </ReasonButton>
        {problem && <p className="text-13 text-muted">{errorText(problem)}</p>}
        {found && <Found found={found} />}
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <VirshLine commands={[checkCommand(view)]} />
      </div>
    </Card>
  );
}

function Found({ found }: { found: DiskCheckView }) {
  const t = useTranslations("volume");
  const locale = useLocale();
  const { corruptions, leaks, leakedBytes, dataBytes, dirty } = found;
  const tone = corruptions > 0 && !dirty ? "bad" : corruptions + leaks > 0 ? "warn" : "info";
  return (
    <Callout tone={tone} role="status" title={t(corruptions + leaks > 0 ? "unsound" : "sound")}>
      <p>{t("checked", { data: formatBytes(dataBytes, locale) })}</p>
      {corruptions > 0 && <p>{t("corruptions", { count: corruptions })}</p>}
      {leaks > 0 && <p>{t("leaks", { count: leaks, bytes: formatBytes(leakedBytes, locale) })}</p>}
      {dirty && <p>{t("checkedDirty")}</p>}
    </Callout>
  );
}
