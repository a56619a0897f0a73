"use client";

import { useLocale, useTranslations } from "next-intl";
import type { QuotaLine } from "@/lib/model/quota";

/** Gives the function that says why a button is disabled; null when nothing is over a limit. */
export function useOverReason(): (lines: readonly QuotaLine[]) => string | null {
  const t = useTranslations("quota");
  const locale = useLocale();
  return (lines) => {
    const over = lines.filter((line) => line.over);
    if (over.length === 0) return null;
    const names = over.map((line) => t(`resource.${line.resource}`));
    return t("overReason", { resources: new Intl.ListFormat(locale).format(names) });
  };
}
