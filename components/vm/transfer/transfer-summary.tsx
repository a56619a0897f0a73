"use client";

import { useTranslations } from "next-intl";
import type { TransferPlan } from "@/lib/model/transfer";

/** What goes along into the other project, whom that concerns, and what stays. */
export function TransferSummary({ plan }: { plan: TransferPlan }) {
  const t = useTranslations("vm.transfer");
  const { disks, snapshots, backups, networks, hasLease, leaseDays, quota } = plan;
  return (
    <ul className="list-disc rounded-md bg-raised py-2.5 pr-3 pl-7 text-13">
      <li>{t("along", { disks, snapshots, backups })}</li>
      <li>
        {networks.length > 0 ? t("networks", { names: networks.join(", ") }) : t("noNetworks")}
      </li>
      {hasLease && <li>{t("lease")}</li>}
      {!hasLease && quota !== null && (
        <li>{leaseDays === null ? t("leaseNone") : t("leaseNew", { days: leaseDays })}</li>
      )}
      <li>{t("people")}</li>
      <li>{t("stays")}</li>
    </ul>
  );
}
