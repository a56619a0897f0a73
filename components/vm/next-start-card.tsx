"use client";

import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CardEnd } from "@/components/ui/card-end";
import { VirshLine } from "@/components/ui/virsh-line";
import type { ActionResult } from "@/lib/model/result";
import type { VmDetail } from "@/lib/model/vm";
import type { VmChange } from "@/lib/model/vm-change";
import { XmlDifference } from "./preview/xml-difference";
import { useHardwareCall } from "./use-hardware-call";

interface NextStartCardProps {
  title: string;
  vm: VmDetail;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  /** What the running guest has, while that is something else than its next start's. */
  running: string | null;
  /** Something else is chosen than the next start has. */
  changed: boolean;
  /** Said while something is chosen that cannot be set. */
  incomplete: string | null;
  /** What saving does, to be seen before it is done; null while there is nothing to save. */
  plan: {
    commands: readonly string[];
    change: VmChange;
    save: () => Promise<ActionResult<VmDetail>>;
  } | null;
  /** What was chosen is what the VM has now. */
  onSaved: () => void;
  /** Fields. */
  children: ReactNode;
}

/** A form about something that a VM has from its next start on: what it will do, and doing it. */
export function NextStartCard(props: NextStartCardProps) {
  const { title, vm, forbidden, running, changed, incomplete, plan, onSaved, children } = props;
  const t = useTranslations("vm.nextStart");
  const power = useTranslations("vm.power.why");
  const { run, busy, failure } = useHardwareCall(onSaved);
  const { state } = vm;
  const unfit = state === "saved" || state === "deleting" || state === "unknown";
  const blocked =
    forbidden ??
    (unfit ? power(state) : null) ??
    incomplete ??
    (changed && plan !== null ? null : t("same"));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null || plan === null) return;
    void run(plan.save, t("saved"));
  }

  return (
    <Card title={title}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {children}
        {running !== null && (
          <Callout role="status">
            {running} {t("waits")}
          </Callout>
        )}
        {changed && (
          <p role="status" className="text-13 text-muted">
            {t(vm.bootId === null ? "planOff" : "plan")}
          </p>
        )}
        {blocked === null && plan !== null && (
          <>
            <VirshLine commands={plan.commands} />
            <XmlDifference change={plan.change} />
          </>
        )}
        <CardEnd failure={failure} busy={busy} blocked={blocked}>
          {t("save")}
        </CardEnd>
      </form>
    </Card>
  );
}
