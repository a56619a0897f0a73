"use client";

import { useTranslations } from "next-intl";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { AddDisk } from "./add-disk";
import { DiskTable } from "./disk-table";
import type { DiskActions } from "./types";

export interface DisksSectionProps {
  vm: VmDetail;
  quota: Quota;
  /** Name of the pool for disks; null without one. */
  pool: string | null;
  /** Why the person may not change disks; null when he may. */
  forbidden: string | null;
  actions: DiskActions;
}

/** The VM's disks, with what can be done to each and beside them. */
export function DisksSection({ vm, quota, pool, forbidden, actions }: DisksSectionProps) {
  const t = useTranslations("vm.hardware");
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">{t("disks")}</h2>
        <AddDisk vm={vm} quota={quota} pool={pool} forbidden={forbidden} add={actions.add} />
      </div>
      <DiskTable vm={vm} quota={quota} forbidden={forbidden} actions={actions} />
    </section>
  );
}
