"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { formatBytes, formatKib } from "@/components/ui/format";
import type { ApplianceView } from "@/lib/model/appliance";
import { mibToKib } from "@/lib/model/units";

/** What was found in the file; of all this only what the form takes over has an effect. */
export function SaysCard({ appliance }: { appliance: ApplianceView }) {
  const t = useTranslations("import");
  const firmwares = useTranslations("create.firmwares");
  const locale = useLocale();
  const { kind, os, description, vcpus, memoryMib, firmware, disks, networks } = appliance;
  const unsaid = <span className="text-muted">{t("unsaid")}</span>;
  return (
    <Card title={t("says")}>
      <dl className="grid gap-x-6 gap-y-2.5 text-13 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Line term={t("kind")}>{t(`kinds.${kind}`)}</Line>
        <Line term={t("system")}>{os || unsaid}</Line>
        {description !== "" && <Line term={t("descriptionSaid")}>{description}</Line>}
        <Line term={t("processors")}>{vcpus === null ? unsaid : `${vcpus} vCPU`}</Line>
        <Line term={t("memory")}>
          {memoryMib === null ? unsaid : formatKib(mibToKib(memoryMib), locale)}
        </Line>
        <Line term={t("firmware")}>{kind === "disk" ? unsaid : firmwares(firmware)}</Line>
        <Line term={t("disks")}>
          <ul>
            {disks.map(({ file, capacityBytes, format }) => (
              <li key={file} className="break-words">
                {t("disk", { file, size: formatBytes(capacityBytes, locale), format })}
              </li>
            ))}
          </ul>
        </Line>
        <Line term={t("cards")}>
          {kind === "disk" ? unsaid : t("cardsCount", { count: networks.length })}
        </Line>
        <Line term={t("checksums")}>{t(appliance.verified ? "verified" : "unverified")}</Line>
      </dl>
    </Card>
  );
}

function Line({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
