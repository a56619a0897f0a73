"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { panicPolicies, type ReadRecovery, watchdogActions } from "@/lib/model/recovery";
import { recoveryCommands } from "@/lib/model/recovery-commands";
import type { VmDetail } from "@/lib/model/vm";
import { NextStartCard } from "./next-start-card";
import type { RecoveryAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface RecoveryCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: RecoveryAction;
}

/** What happens when the VM's guest panics or hangs, from its next start on. */
export function RecoveryCard({ detail, forbidden, set }: RecoveryCardProps) {
  const t = useTranslations("vm.recovery");
  const vm = useVmDetail(detail);
  // Empty: not touched, and as whoever else changes it.
  const [asked, setAsked] = useState<Partial<ReadRecovery>>({});
  const { recovery } = vm;
  if (recovery === null) return null;

  const { now, next } = recovery;
  const { onPanic, watchdog } = { ...next, ...asked };
  const same = onPanic === next.onPanic && watchdog === next.watchdog;
  const waits = now !== null && (now.onPanic !== next.onPanic || now.watchdog !== next.watchdog);
  const wanted = onPanic === "other" || watchdog === "other" ? null : { onPanic, watchdog };

  return (
    <NextStartCard
      title={t("title")}
      vm={vm}
      forbidden={forbidden}
      running={
        waits
          ? t("now", { panic: t(`onPanic.${now.onPanic}`), watchdog: t(`action.${now.watchdog}`) })
          : null
      }
      changed={!same}
      incomplete={wanted === null ? t("choose") : null}
      plan={
        wanted && {
          commands: recoveryCommands(vm.domainName, wanted),
          change: { verb: "setVmRecovery", input: wanted },
          save: () => set({ vmId: vm.id, ...wanted }),
        }
      }
      onSaved={() => setAsked({})}
    >
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
    </NextStartCard>
  );
}
