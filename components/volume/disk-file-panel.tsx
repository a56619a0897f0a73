"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { RefreshButton } from "@/components/ui/refresh-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { FileFacts } from "./file-facts";
import { FileSizesTable } from "./file-sizes-table";

interface DiskFilePanelProps {
  /** The page that it was come from. */
  back: string;
  target: string;
  /** Null when it could not be read; `failure` says why. */
  view: DiskFileView | null;
  failure: UserMessage | null;
  children?: ReactNode;
}

/** What a VM's disk lies in, and what may be done to the file. */
export function DiskFilePanel({ back, target, view, failure, children }: DiskFilePanelProps) {
  const t = useTranslations("volume");
  const errorText = useErrorText();
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex items-center gap-3">
          <LinkButton size="sm" href={back} icon={<ArrowLeft aria-hidden="true" />}>
            {t("back")}
          </LinkButton>
          <h2 className="font-semibold text-base">{t("pageTitle", { target })}</h2>
        </div>
        <RefreshButton>{t("refresh")}</RefreshButton>
      </div>
      {failure && (
        <Callout tone="warn" role="status">
          {errorText(failure)}
        </Callout>
      )}
      {view && (
        <>
          <Warnings view={view} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <Card title={t("file")} description={t("fileHint")}>
              <FileFacts view={view} />
            </Card>
            <div className="flex flex-col gap-5">
              <Card title={t("sizes")} description={t("sizesHint")}>
                <FileSizesTable view={view} />
              </Card>
              <Card title={t("chain")}>
                <Chain view={view} />
              </Card>
            </div>
          </div>
          {children}
          <VirshLine commands={view.commands} />
        </>
      )}
    </div>
  );
}

/** What somebody should look at before anything else. */
function Warnings({ view }: { view: DiskFileView }) {
  const t = useTranslations("volume");
  const { format, listedFormat, header } = view;
  return (
    <>
      {listedFormat !== null && format !== null && listedFormat !== format && (
        <Callout tone="warn" title={t("otherFormat", { listedFormat, format })}>
          {t("otherFormatHint")}
        </Callout>
      )}
      {header?.corrupt && (
        <Callout tone="bad" title={t("isCorrupt")}>
          {t("isCorruptHint")}
        </Callout>
      )}
      {header?.dirty && (
        <Callout tone="info" title={t("isDirty")}>
          {t(view.running ? "isDirtyRunning" : "isDirtyHint")}
        </Callout>
      )}
    </>
  );
}

function Chain({ view }: { view: DiskFileView }) {
  const t = useTranslations("volume");
  const { volume, format, chain } = view;
  if (chain.length === 0) return <p className="text-13 text-muted">{t("noChain")}</p>;
  return (
    <>
      <p className="mb-2 text-13 text-muted">{t("chainHint")}</p>
      <pre className="whitespace-pre-wrap break-all font-mono text-xs">
        {[{ name: volume, format }, ...chain]
          .map((each) => `${each.name} (${each.format ?? t("notKnown")})`)
          .join("\n")}
      </pre>
    </>
  );
}
