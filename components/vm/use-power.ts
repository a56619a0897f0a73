"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { VmView } from "@/lib/model/vm";
import type { PowerVerb } from "@/lib/model/vm-state";
import type { PowerAction } from "./types";

/** Resolves to null when it worked, or to the reason in the person's language. */
export type RunPower = (vm: Pick<VmView, "id" | "name">, verb: PowerVerb) => Promise<string | null>;

/** Power verbs with their result put into the live store at once. */
export function usePower(power: PowerAction): { run: RunPower; busy: ReadonlySet<string> } {
  const put = useLivePut();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());

  const run = useCallback<RunPower>(
    async (vm, verb) => {
      setBusy((ids) => new Set([...ids, vm.id]));
      const result = await callAction(() => power({ vmId: vm.id, verb }));
      setBusy((ids) => new Set([...ids].filter((id) => id !== vm.id)));
      if (!result.ok) return errorText(result.error.message);
      put({ type: "vm", vm: result.value });
      return null;
    },
    [power, put, errorText],
  );
  return { run, busy };
}

/** The same, telling a failure by a toast. */
export function usePowerWithToast(power: PowerAction) {
  const t = useTranslations("vm.power");
  const { run, busy } = usePower(power);
  const runAndTell = useCallback(
    async (vm: Pick<VmView, "id" | "name">, verb: PowerVerb) => {
      const reason = await run(vm, verb);
      if (reason !== null) toast.bad(t("failed", { name: vm.name, reason }));
    },
    [run, t],
  );
  return { run: runAndTell, busy };
}
