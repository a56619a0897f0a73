"use client";

import { useLocale, useTranslations } from "next-intl";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { Callout } from "@/components/ui/callout";
import { formatBytes, formatKib } from "@/components/ui/format";
import { useErrorText } from "@/components/ui/use-error-text";
import type { AdoptionPlan } from "@/lib/model/adoption";

/** What an adoption takes over, what is unusual in it, and what stands against it. */
export function AdoptionSummary({ plan }: { plan: AdoptionPlan }) {
  const t = useTranslations("adoption");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const locale = useLocale();
  const { vcpus, memoryKib, disks, unusual, quota } = plan;
  // What is over the quota stands in red beside its bar.
  const problems = plan.problems.filter(({ key }) => key.startsWith("adopt."));
  return (
    <>
      {problems.length > 0 && (
        <Callout tone="bad" title={t("impossible")}>
          <ul className="list-disc pl-4">
            {problems.map((problem) => (
              <li key={`${problem.key} ${problem.values?.target ?? ""}`}>{errorText(problem)}</li>
            ))}
          </ul>
        </Callout>
      )}
      <ul className="list-disc rounded-md bg-raised py-2.5 pr-3 pl-7 text-13">
        <li>{t("sizes", { vcpus, memory: formatKib(memoryKib, locale) })}</li>
        {disks.map(({ target, pool, volume, capacityBytes }) => (
          <li key={`${target} ${pool}/${volume}`} className="[overflow-wrap:anywhere]">
            {t("disk", {
              target,
              place: pool === null ? t("noPool") : `${pool}/${volume}`,
              size: capacityBytes === null ? common("unknown") : formatBytes(capacityBytes, locale),
            })}
          </li>
        ))}
        <li>{t("stays")}</li>
        <li>{t("noLease")}</li>
      </ul>
      {unusual.length > 0 && (
        <Callout tone="warn" title={t("unusual")}>
          <p>{t("unusualHint")}</p>
          <ul className="list-disc pl-4 font-mono text-xs [overflow-wrap:anywhere]">
            {unusual.map(({ kind, path }) => (
              <li key={`${kind} ${path}`}>{path}</li>
            ))}
          </ul>
        </Callout>
      )}
      <QuotaPreview lines={quota} />
    </>
  );
}
