"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import { panicPolicies, type ReadRecovery, watchdogActions } from "@/lib/model/recovery";
import { recoveryCommands } from "@/lib/model/recovery-commands";
import type { VmDetail } from "@/lib/model/vm";
import { XmlDifference } from "./preview/xml-difference";
import type { RecoveryAction } from "./types";
import { eventsOf, useVmDetail } from "./use-vm-detail";

interface RecoveryCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: RecoveryAction;
}

/** What happens when the VM's guest panics or hangs, from its next start on. */
export function RecoveryCard({ detail, forbidden, set }: RecoveryCardProps) {
  const t = useTranslations("vm.recovery");
  const power = useTranslations("vm.power");
  const errorText = useErrorText();
  const put = useLivePut();
  const vm = useVmDetail(detail);
  // Empty: not touched, and as whoever else changes it.
  const [asked, setAsked] = useState<Partial<ReadRecovery>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const { recovery } = vm;
  if (recovery === null) return null;

  const { now, next } = recovery;
  const { onPanic, watchdog } = { ...next, ...asked };
  const same = onPanic === next.onPanic && watchdog === next.watchdog;
  const waits = now !== null && (now.onPanic !== next.onPanic || now.watchdog !== next.watchdog);
  const unfit = vm.state === "saved" || vm.state === "deleting" || vm.state === "unknown";
  const reason =
    forbidden ??
    (unfit ? power(`why.${vm.state}`) : null) ??
    (onPanic === "other" || watchdog === "other" ? t("choose") : same ? t("same") : null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || reason !== null || onPanic === "other" || watchdog === "other") return;
    setBusy(true);
    const result = await callAction(() => set({ vmId: vm.id, onPanic, watchdog }));
    setBusy(false);
    setFailure(result.ok ? null : result.error.message);
    if (!result.ok) return;
    for (const told of eventsOf(result.value)) put(told);
    setAsked({});
    toast.ok(t("saved"));
  }

  return (
    <Card title={t("title")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <Field label={t("panic")} hint={t("panicHint")} className="w-full max-w-md">
          {(control) => (
            <Select
              {...control}
              disabled={forbidden !== null}
              value={onPanic}
              onChange={({ target }) => {
                const chosen = panicPolicies.find((each) => each === target.value);
                if (chosen) setAsked({ ...asked, onPanic: chosen });
              }}
            >
              {next.onPanic === "other" && <option value="other">{t("onPanic.other")}</option>}
              {panicPolicies.map((each) => (
                <option key={each} value={each}>
                  {t(`onPanic.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("watchdog")} hint={t("watchdogHint")} className="w-full max-w-md">
          {(control) => (
            <Select
              {...control}
              disabled={forbidden !== null}
              value={watchdog}
              onChange={({ target }) => {
                const chosen = watchdogActions.find((each) => each === target.value);
                if (chosen) setAsked({ ...asked, watchdog: chosen });
              }}
            >
              {next.watchdog === "other" && <option value="other">{t("action.other")}</option>}
              {watchdogActions.map((each) => (
                <option key={each} value={each}>
                  {t(`action.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {waits && (
          <Callout role="status">
            {t("nextBoot", {
              panic: t(`onPanic.${now.onPanic}`),
              watchdog: t(`action.${now.watchdog}`),
            })}
          </Callout>
        )}
        {!same && (
          <p role="status" className="text-13 text-muted">
            {vm.bootId === null ? t("planOff") : t("plan")}
          </p>
        )}
        {reason === null && onPanic !== "other" && watchdog !== "other" && (
          <div className="flex w-full flex-col gap-3">
            <VirshLine commands={recoveryCommands(vm.domainName, { onPanic, watchdog })} />
            <XmlDifference change={{ verb: "setVmRecovery", input: { onPanic, watchdog } }} />
          </div>
        )}
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <ReasonButton type="submit" size="sm" busy={busy} disabledReason={reason}>
          {t("save")}
        </ReasonButton>
      </form>
    </Card>
  );
}
