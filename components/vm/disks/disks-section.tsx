"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DiskView } from "@/lib/model/disk";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { AddDisk } from "./add-disk";
import { AttachDisk } from "./attach-disk";
import { DiskTable } from "./disk-table";
import type { DiskActions } from "./types";

export interface DisksSectionProps {
  vm: VmDetail;
  quota: Quota;
  /** Disks of the project that no VM has. */
  kept: readonly DiskView[];
  /** Name of the pool for disks; null without one. */
  pool: string | null;
  /** Why the person may not change disks; null when he may. */
  forbidden: string | null;
  /** Why he may not set limits; null when he may. */
  noLimits: string | null;
  actions: DiskActions;
  /** What else is done beside them. */
  children: ReactNode;
}

/** The VM's disks, with what can be done to each and beside them. */
export function DisksSection({
  vm,
  quota,
  kept,
  pool,
  forbidden,
  noLimits,
  actions,
  children,
}: DisksSectionProps) {
  const t = useTranslations("vm.hardware");
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t("disks")}</h2>
        <div className="flex flex-wrap gap-2 sm:justify-end">
          {children}
          <AttachDisk
            vm={vm}
            kept={kept}
            pool={pool}
            forbidden={forbidden}
            attach={actions.attach}
          />
          <AddDisk vm={vm} quota={quota} pool={pool} forbidden={forbidden} add={actions.add} />
        </div>
      </div>
      <DiskTable
        vm={vm}
        quota={quota}
        forbidden={forbidden}
        noLimits={noLimits}
        actions={actions}
      />
    </section>
  );
}
