"use client";

import { CirclePower, Play, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import type { VmView } from "@/lib/model/vm";
import { canDo, type PowerVerb } from "@/lib/model/vm-state";
import type { RunPower } from "./use-power";

/** So many at once; the host works on them one by one anyway. */
const AT_ONCE = 4;

interface BulkBarProps {
  chosen: readonly VmView[];
  forbidden: string | null;
  run: RunPower;
  onClear: () => void;
}

/** What can be done with the selected VMs together. */
export function BulkBar({ chosen, forbidden, run, onClear }: BulkBarProps) {
  const t = useTranslations("vm.list");
  const [busy, setBusy] = useState(false);

  async function runAll(verb: PowerVerb) {
    setBusy(true);
    const able = chosen.filter((vm) => canDo(verb, vm.state));
    const reasons: string[] = [];
    for (let from = 0; from < able.length; from += AT_ONCE) {
      const results = await Promise.all(
        able.slice(from, from + AT_ONCE).map((vm) => run(vm, verb)),
      );
      reasons.push(...results.filter((reason) => reason !== null));
    }
    setBusy(false);
    const [first] = reasons;
    if (first === undefined) toast.ok(t("bulkDone", { count: able.length }));
    else toast.bad(t("bulkFailed", { failed: reasons.length, count: able.length, reason: first }));
  }

  const startable = chosen.some((vm) => canDo("start", vm.state));
  const stoppable = chosen.some((vm) => canDo("shutdown", vm.state));
  return (
    <div className="sticky bottom-4 z-20 mx-auto flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-float max-md:bottom-20">
      <span role="status" className="px-1 font-medium text-13">
        {t("selected", { count: chosen.length })}
      </span>
      <ReasonButton
        size="sm"
        busy={busy}
        icon={<Play aria-hidden="true" />}
        disabledReason={forbidden ?? (startable ? null : t("noneStartable"))}
        onClick={() => runAll("start")}
      >
        {t("startSelected")}
      </ReasonButton>
      <ReasonButton
        size="sm"
        busy={busy}
        icon={<CirclePower aria-hidden="true" />}
        disabledReason={forbidden ?? (stoppable ? null : t("noneRunning"))}
        onClick={() => runAll("shutdown")}
      >
        {t("shutdownSelected")}
      </ReasonButton>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("clearSelection")}
        icon={<X aria-hidden="true" />}
        onClick={onClear}
      />
    </div>
  );
}
