"use client";

import { clsx } from "clsx";
import { useLocale, useTranslations } from "next-intl";
import type { QuotaLine } from "@/lib/model/quota";
import { formatAmount } from "./format-amount";
import { QuotaBar } from "./quota-bar";

/** What will be left of the project's quota, before anything is done. */
export function QuotaPreview({ lines }: { lines: readonly QuotaLine[] }) {
  const t = useTranslations("quota");
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <div role="status" className="flex flex-col gap-2.5 rounded-md bg-raised px-3 py-2.5 text-13">
      <p className="text-muted">{t("preview")}</p>
      <ul className="flex flex-col gap-2">
        {lines.map((line) => (
          <li key={line.resource} className="flex flex-col gap-1">
            <p className={clsx(line.over && "font-medium text-bad-text")}>
              {t(`after.${line.resource}`, {
                after: formatAmount(line.resource, line.after, locale),
                limit: formatAmount(line.resource, line.limit, locale),
              })}
              {line.over && <> {t("over")}</>}
            </p>
            <QuotaBar {...line} />
          </li>
        ))}
      </ul>
    </div>
  );
}
