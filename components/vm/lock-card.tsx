"use client";

import { Lock, LockOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import type { VmDetail } from "@/lib/model/vm";
import { SwitchCard } from "./switch-card";
import type { UpdateVmAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface LockCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  lock: UpdateVmAction;
}

/** Whether the VM is held against deletion, and the button that changes it. */
export function LockCard({ detail, forbidden, lock }: LockCardProps) {
  const t = useTranslations("vm");
  const vm = useVmDetail(detail);
  const Icon = vm.locked ? LockOpen : Lock;
  const waits = vm.locked && vm.lease !== null && vm.lease.stoppedAt !== null;
  return (
    <SwitchCard
      title={t("lock.title")}
      status={vm.locked ? t("lock.on") : t("lock.off")}
      hint={t("lock.hint")}
      warning={waits ? t("lock.leaseEnded") : null}
      icon={<Icon aria-hidden="true" />}
      button={vm.locked ? t("lock.unlock") : t("lock.lock")}
      disabledReason={forbidden ?? (vm.state === "deleting" ? t("power.why.deleting") : null)}
      change={() => lock({ vmId: vm.id, locked: !vm.locked })}
    />
  );
}
