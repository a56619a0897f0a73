"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatBytes, formatKib } from "@/components/ui/format";
import type { ClonePlan } from "@/lib/model/clone";

/** What the new VM takes over, what it has for itself, and what stays behind. */
export function CloneSummary({ plan, linked }: { plan: ClonePlan; linked: boolean }) {
  const t = useTranslations("vm.clone");
  const locale = useLocale();
  const { vcpus, memoryKib, disks, nics, firmware } = plan;
  return (
    <ul className="list-disc rounded-md bg-raised py-2.5 pr-3 pl-7 text-13">
      <li>{t("sizes", { vcpus, memory: formatKib(memoryKib, locale) })}</li>
      {disks.map((disk) => (
        <li key={disk.target}>
          {t(linked ? "linkedDisk" : "disk", {
            target: disk.target,
            size: formatBytes(disk.capacityBytes, locale),
            used: formatBytes(disk.allocationBytes, locale),
          })}
        </li>
      ))}
      <li>{t("identity", { nics })}</li>
      {firmware === "uefi" && <li>{t("uefi")}</li>}
      <li>{t("left")}</li>
      <li>{t("inside")}</li>
    </ul>
  );
}
