"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { VmView } from "@/lib/model/vm";
import { ExtendButton } from "./extend-button";
import type { LeaseTerms } from "./types";

const tickMs = 60_000;
const full = { dateStyle: "medium", timeStyle: "short" } as const;

/** On every page of a VM whose lease ends soon or has ended: when, what then, and the way out. */
export function LeaseBanner({ vm, terms }: { vm: VmView; terms: LeaseTerms }) {
  const t = useTranslations("lease");
  const format = useFormatter();
  const now = useNow({ updateInterval: tickMs });
  const { lease } = vm;
  if (lease === null || vm.state === "deleting" || !(lease.noticed || lease.stoppedAt)) return null;
  const at = new Date(lease.deletesAt ?? lease.endsAt);
  const times = { date: format.dateTime(at, full), left: format.relativeTime(at, now) };
  const ended = lease.stoppedAt !== null;
  const soonText = vm.locked ? t("soonLocked", times) : t("soonText", times);
  const endedText = vm.locked ? t("endedLocked") : t("endedText", times);
  return (
    <Callout
      tone={ended ? "bad" : "warn"}
      role="status"
      title={ended ? t("endedTitle") : t("soonTitle")}
      className="mt-3"
    >
      <p>{ended ? endedText : soonText}</p>
      <div className="mt-2">
        <ExtendButton vm={vm} terms={terms} />
      </div>
    </Callout>
  );
}
