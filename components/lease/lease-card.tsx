"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { VmView } from "@/lib/model/vm";
import { ExtendButton } from "./extend-button";
import { SetLease } from "./set-lease";
import type { LeaseTerms, SetLeaseAction } from "./types";

const tickMs = 60_000;

interface LeaseCardProps {
  vm: VmView;
  terms: LeaseTerms;
  /** For who may set any end; null for everybody else. */
  set: SetLeaseAction | null;
}

/** How long the VM stays. Without a lease it is of interest only to who may set one. */
export function LeaseCard({ vm, terms, set }: LeaseCardProps) {
  const t = useTranslations("lease");
  const format = useFormatter();
  const now = useNow({ updateInterval: tickMs });
  const { lease } = vm;
  if (lease === null && set === null) return null;
  const ends = lease && new Date(lease.endsAt);
  return (
    <Card title={t("title")}>
      <div className="flex flex-col gap-3">
        <p className="text-13">
          {ends === null
            ? t("none")
            : t(lease?.stoppedAt ? "endedAt" : "endsAt", {
                date: format.dateTime(ends, { dateStyle: "medium", timeStyle: "short" }),
                left: format.relativeTime(ends, now),
              })}
        </p>
        {lease !== null && (
          <div>
            <ExtendButton vm={vm} terms={terms} />
          </div>
        )}
        {set && <SetLease vm={vm} set={set} />}
      </div>
    </Card>
  );
}
