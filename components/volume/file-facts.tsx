"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { useErrorText } from "@/components/ui/use-error-text";
import { Fact, Facts } from "@/components/vm/facts";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import type { Qcow2Header } from "@/lib/model/volume/qcow2-header";

/** Format and features, one fact a line. */
export function FileFacts({ view }: { view: DiskFileView }) {
  const t = useTranslations("volume");
  const errorText = useErrorText();
  const locale = useLocale();
  const { header, headerProblem, compat, encryption } = view;
  const clusterBytes = header?.clusterBytes ?? view.clusterBytes;
  return (
    <>
      <Facts>
        <Fact term={t("pool")}>{view.pool}</Fact>
        <Fact term={t("volume")}>
          <span className="break-all font-mono text-xs">{view.volume}</span>
        </Fact>
        <Fact term={t("format")}>{view.format ?? t("notKnown")}</Fact>
        {compat !== null && <Fact term={t("compat")}>{compat}</Fact>}
        {clusterBytes !== null && (
          <Fact term={t("cluster")}>{formatBytes(clusterBytes, locale)}</Fact>
        )}
        <Fact term={t("encryption")}>{encryption ?? header?.encryption ?? t("none")}</Fact>
        {header && <HeaderFacts header={header} />}
      </Facts>
      {headerProblem && <p className="mt-3 text-13 text-muted">{errorText(headerProblem)}</p>}
    </>
  );
}

function HeaderFacts({ header }: { header: Qcow2Header }) {
  const t = useTranslations("volume");
  const yesNo = (value: boolean) => t(value ? "yes" : "no");
  return (
    <>
      <Fact term={t("dirty")}>
        {header.dirty ? <Badge tone="warn">{t("yes")}</Badge> : t("no")}
      </Fact>
      <Fact term={t("corrupt")}>
        {header.corrupt ? <Badge tone="bad">{t("yes")}</Badge> : t("no")}
      </Fact>
      <Fact term={t("snapshots")}>{header.snapshots}</Fact>
      <Fact term={t("lazyRefcounts")}>{yesNo(header.lazyRefcounts)}</Fact>
      <Fact term={t("extendedL2")}>{yesNo(header.extendedL2)}</Fact>
      <Fact term={t("refcountBits")}>{header.refcountBits}</Fact>
      <Fact term={t("compression")}>
        {header.compression === "unknown" ? t("notKnown") : header.compression}
      </Fact>
      {header.externalData && <Fact term={t("externalData")}>{t("yes")}</Fact>}
      {header.unknownFeatures && <Fact term={t("unknownFeatures")}>{t("yes")}</Fact>}
    </>
  );
}
