"use client";

import { Power, PowerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { VirshLine } from "@/components/ui/virsh-line";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import { SwitchCard } from "./switch-card";
import type { AutostartAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface AutostartCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  setAutostart: AutostartAction;
}

/** Whether the VM starts with its host, and the button that changes it. */
export function AutostartCard({ detail, forbidden, setAutostart }: AutostartCardProps) {
  const t = useTranslations("vm");
  const vm = useVmDetail(detail);
  const Icon = vm.autostart ? PowerOff : Power;
  const ended = !vm.autostart && vm.lease !== null && vm.lease.stoppedAt !== null;
  const unready = vm.state === "creating" || vm.state === "deleting" ? vm.state : null;
  const reason = unready ? t(`power.why.${unready}`) : ended ? t("autostart.leaseEnded") : null;
  return (
    <SwitchCard
      title={t("autostart.title")}
      status={vm.autostart ? t("autostart.on") : t("autostart.off")}
      hint={t("autostart.hint")}
      icon={<Icon aria-hidden="true" />}
      button={vm.autostart ? t("autostart.disable") : t("autostart.enable")}
      disabledReason={forbidden ?? reason}
      change={() => setAutostart({ vmId: vm.id, autostart: !vm.autostart })}
    >
      <VirshLine
        commands={[virshLine(["autostart", detail.domainName, vm.autostart && "--disable"])]}
      />
    </SwitchCard>
  );
}
