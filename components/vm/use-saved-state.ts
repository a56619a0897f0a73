"use client";

import { useTranslations } from "next-intl";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { VmView } from "@/lib/model/vm";
import type { SavedStateActions } from "./types";

type Named = Pick<VmView, "id" | "name">;

/** Saves a VM's memory or throws it away, telling by a toast how it went. */
export function useSavedState({ save, discard }: SavedStateActions) {
  const t = useTranslations("vm.power");
  const errorText = useErrorText();
  const put = useLivePut();
  return {
    async save({ id: vmId, name }: Named) {
      const result = await callAction(() => save({ vmId }));
      if (result.ok) toast.ok(t("saving", { name }));
      else toast.bad(t("failed", { name, reason: errorText(result.error.message) }));
    },
    async discard({ id: vmId, name }: Named) {
      const result = await callAction(() => discard({ vmId }));
      if (result.ok) put({ type: "vm", vm: result.value });
      else toast.bad(t("failed", { name, reason: errorText(result.error.message) }));
    },
  };
}
