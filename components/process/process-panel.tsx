"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { RefreshButton } from "@/components/ui/refresh-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { Fact, Facts } from "@/components/vm/facts";
import type { UserMessage } from "@/lib/model/errors";
import { optionsOf } from "@/lib/model/process/options-of";
import type { ProcessView } from "@/lib/model/process/process";
import { ThreadTable } from "./thread-table";

interface ProcessPanelProps {
  /** Null when there is none to look at; `failure` says why. */
  view: ProcessView | null;
  failure: UserMessage | null;
  /** What it is bound to, which is told of one that is off, too. */
  children: ReactNode;
}

/** A guest as its host sees it: one process among others. */
export function ProcessPanel({ view, failure, children }: ProcessPanelProps) {
  const t = useTranslations("process");
  const errorText = useErrorText();
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-13 text-muted">{t("intro")}</p>
        <RefreshButton>{t("refresh")}</RefreshButton>
      </div>
      {failure && (
        <Callout tone="info" role="status">
          {errorText(failure)}
        </Callout>
      )}
      {view && (
        <>
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <Card title={t("facts")}>
              <ProcessFacts view={view} />
            </Card>
            <Card title={t("threads", { count: view.threadCount })} description={t("threadsHint")}>
              <ThreadTable threads={view.threads} />
            </Card>
          </div>
          <Card title={t("command")} description={t("commandHint")}>
            <pre className="whitespace-pre-wrap font-mono text-xs leading-5 [overflow-wrap:anywhere]">
              {optionsOf(view.command)
                .map(({ name, parts }) =>
                  parts.length === 0 ? name : `${name} ${parts.join(",")}`,
                )
                .join("\n")}
            </pre>
          </Card>
          <Card title={t("open")}>
            <OpenFiles open={view.open} />
          </Card>
          <VirshLine commands={view.commands} />
        </>
      )}
      {children}
    </div>
  );
}

function ProcessFacts({ view }: { view: ProcessView }) {
  const t = useTranslations("process");
  const format = useFormatter();
  const locale = useLocale();
  const memory = (kib: number) => formatBytes(kib * 1024, locale);
  const seconds = (value: number) =>
    t("seconds", { value: format.number(value, { maximumFractionDigits: 2 }) });
  return (
    <Facts>
      <Fact term={t("pid")}>
        <span className="font-mono">{view.pid}</span>
      </Fact>
      <Fact term={t("user")}>{view.user}</Fact>
      <Fact term={t("startedAt")}>
        <LocalTime at={view.startedAt} />
      </Fact>
      <Fact term={t("resident")}>
        {t("residentValue", {
          now: memory(view.residentKib),
          peak: memory(view.peakResidentKib),
        })}
      </Fact>
      <Fact term={t("swapped")}>{memory(view.swappedKib)}</Fact>
      <Fact term={t("cpu")}>
        {t("cpuValue", {
          user: seconds(view.cpuUserSeconds),
          system: seconds(view.cpuSystemSeconds),
        })}
      </Fact>
      <Fact term={t("cgroup")}>
        <span className="break-all font-mono text-xs">{view.cgroup ?? t("noCgroup")}</span>
      </Fact>
    </Facts>
  );
}

function OpenFiles({ open }: { open: ProcessView["open"] }) {
  const t = useTranslations("process");
  if (open === null) return <p className="text-13 text-muted">{t("openHidden")}</p>;
  return (
    <>
      <p className="mb-2 text-13 text-muted">
        {t("openCount", { total: open.total, sockets: open.sockets })}
      </p>
      <ul className="break-all font-mono text-xs">
        {open.files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </>
  );
}
