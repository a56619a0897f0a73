"use client";

import { CopyCheck, CopyX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/ui/use-error-text";
import { clonesProblem } from "@/lib/model/template";
import type { VmDetail } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import { SwitchCard } from "./switch-card";
import type { TemplateAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface TemplateCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: TemplateAction;
}

/** Whether the VM only serves to be cloned, and the button that changes it. */
export function TemplateCard({ detail, forbidden, set }: TemplateCardProps) {
  const t = useTranslations("vm.template");
  const errorText = useErrorText();
  const vm = useVmDetail(detail);
  const Icon = vm.template ? CopyX : CopyCheck;
  const clones = clonesProblem(detail.links.clones);
  const againstLeaving = clones && errorText(clones);
  const againstBecoming = isOff(vm.state)
    ? vm.snapshots === ""
      ? null
      : t("snapshots")
    : t("notOff");
  return (
    <SwitchCard
      title={t("title")}
      status={vm.template ? t("on") : t("off")}
      hint={t("hint")}
      icon={<Icon aria-hidden="true" />}
      button={vm.template ? t("leave") : t("become")}
      disabledReason={forbidden ?? (vm.template ? againstLeaving : againstBecoming)}
      change={() => set({ vmId: vm.id, template: !vm.template })}
    />
  );
}
