"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { LeaseView } from "@/lib/model/lease";

/** In lists: only when the end is near or past. */
export function LeaseBadge({ lease }: { lease: LeaseView | null }) {
  const t = useTranslations("lease");
  if (lease?.stoppedAt) return <Badge tone="bad">{t("ended")}</Badge>;
  return lease?.noticed ? <Badge tone="warn">{t("soon")}</Badge> : null;
}
