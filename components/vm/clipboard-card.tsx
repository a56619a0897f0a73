"use client";

import { Clipboard, ClipboardX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLivePut } from "@/components/shell/live-provider";
import { VirshLine } from "@/components/ui/virsh-line";
import { clipboardCommands } from "@/lib/model/clipboard-commands";
import type { VmDetail } from "@/lib/model/vm";
import { XmlDifference } from "./preview/xml-difference";
import { SwitchCard } from "./switch-card";
import type { ClipboardAction } from "./types";
import { eventsOf, useVmDetail } from "./use-vm-detail";

interface ClipboardCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  set: ClipboardAction;
}

/** Whether the VM shares its clipboard with its consoles, and the button that changes it. */
export function ClipboardCard({ detail, forbidden, set }: ClipboardCardProps) {
  const t = useTranslations("vm");
  const put = useLivePut();
  const vm = useVmDetail(detail);
  if (vm.clipboard === null) return null;

  const { now, next } = vm.clipboard;
  const clipboard = !next;
  const Icon = next ? ClipboardX : Clipboard;
  const unfit = vm.state === "saved" || vm.state === "deleting" || vm.state === "unknown";
  const reason = unfit ? t(`power.why.${vm.state}`) : null;

  async function change() {
    const result = await set({ vmId: vm.id, clipboard });
    if (result.ok) eventsOf(result.value).forEach(put);
    return result;
  }

  return (
    <SwitchCard
      title={t("clipboard.title")}
      status={next ? t("clipboard.on") : t("clipboard.off")}
      hint={t("clipboard.hint")}
      warning={
        now === null || now === next ? null : next ? t("clipboard.waits") : t("clipboard.still")
      }
      icon={<Icon aria-hidden="true" />}
      button={next ? t("clipboard.disable") : t("clipboard.enable")}
      disabledReason={forbidden ?? reason}
      change={change}
    >
      <div className="flex flex-col gap-3">
        <VirshLine commands={clipboardCommands(vm.domainName, clipboard)} />
        <XmlDifference change={{ verb: "setVmClipboard", input: { clipboard } }} />
      </div>
    </SwitchCard>
  );
}
