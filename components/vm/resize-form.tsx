"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatKib } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import { planResize } from "@/lib/model/resize-plan";
import { kibToMib } from "@/lib/model/units";
import type { VmDetail } from "@/lib/model/vm";
import { wholeNumber } from "./create/form-state";
import { PlanList } from "./plan-list";
import type { HostRoom, ResizeAction } from "./types";

interface ResizeFormProps {
  vm: VmDetail;
  room: HostRoom | null;
  forbidden: string | null;
  resize: ResizeAction;
}

interface Typed {
  vcpus: string;
  memoryMib: string;
}

/** Two figures and, before anything happens, the plan that the server will follow. */
export function ResizeForm({ vm, room, forbidden, resize }: ResizeFormProps) {
  const t = useTranslations("vm.resize");
  const locale = useLocale();
  const put = useLivePut();
  const errorText = useErrorText();
  /** Null until the person types: then the form follows libvirt. */
  const [typed, setTyped] = useState<Typed | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const [done, setDone] = useState<"now" | "later" | null>(null);

  const base = vm.pendingChanges || vm.bootId === null ? vm.next : vm.live;
  const shown = typed ?? {
    vcpus: String(base.vcpus),
    memoryMib: String(kibToMib(base.memoryKib)),
  };
  // A figure that is none is refused by the plan itself, with the reason.
  const asked = {
    vcpus: wholeNumber(shown.vcpus) ?? Number.NaN,
    memoryMib: wholeNumber(shown.memoryMib) ?? Number.NaN,
  };
  const plan = planResize(vm, asked, room ?? { cpuCount: 0, memoryKib: 0 });

  function change(next: Partial<Typed>) {
    setTyped({ ...shown, ...next });
    setDone(null);
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !plan.possible || !plan.changes) return;
    setBusy(true);
    const waits = plan.vcpus.when === "next_boot" || plan.memory.when === "next_boot";
    const seen = { live: vm.live, next: vm.next };
    const result = await callAction(() => resize({ vmId: vm.id, ...asked, seen }));
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.message);
      return;
    }
    put({ type: "vm", vm: result.value });
    setTyped(null);
    setDone(waits ? "later" : "now");
  }

  const blocked =
    forbidden ?? (plan.possible ? null : t("refusedHint")) ?? (plan.changes ? null : t("nothing"));
  const ceiling = vm.bootId === null ? vm.next : vm.live;
  return (
    <Card title={t("title")} description={t("description")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("labelVcpus")} hint={t("ceilingHint", { max: ceiling.maxVcpus })}>
            {(control) => (
              <Input
                {...control}
                name="vcpus"
                inputMode="numeric"
                autoComplete="off"
                value={shown.vcpus}
                onChange={(event) => change({ vcpus: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={t("labelMemory")}
            hint={t("ceilingHint", { max: formatKib(ceiling.maxMemoryKib, locale) })}
          >
            {(control) => (
              <Input
                {...control}
                name="memoryMib"
                inputMode="numeric"
                autoComplete="off"
                unit="MiB"
                value={shown.memoryMib}
                onChange={(event) => change({ memoryMib: event.target.value })}
              />
            )}
          </Field>
        </div>
        <PlanList plan={plan} />
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        {done && (
          <Callout role="status" title={t("applied")}>
            {done === "now" ? t("appliedNow") : t("appliedLater")}
          </Callout>
        )}
        <div>
          <ReasonButton type="submit" variant="primary" busy={busy} disabledReason={blocked}>
            {t("apply")}
          </ReasonButton>
        </div>
      </form>
    </Card>
  );
}
