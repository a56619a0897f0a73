"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatKib } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { VmView } from "@/lib/model/vm";

/** Asked and real side by side, what the next start brings, and what is in use. */
export function SizesCard({ vm }: { vm: VmView }) {
  const t = useTranslations("vm.detail");
  const locale = useLocale();
  const running = vm.bootId !== null;
  const kib = (memoryKib: number) => formatKib(memoryKib, locale);
  return (
    <Card title={t("sizes")} description={t("sizesHint")}>
      <ScrollBox label={t("sizes")} className="overflow-x-auto">
        <table className="w-full text-left">
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="pr-4 pb-1.5 font-medium">
                <span className="sr-only">{t("sizes")}</span>
              </th>
              <th scope="col" className="pr-4 pb-1.5 font-medium">
                {t("asked")}
              </th>
              <th scope="col" className="pr-4 pb-1.5 font-medium">
                {t("real")}
              </th>
              <th scope="col" className="pr-4 pb-1.5 font-medium">
                {t("next")}
              </th>
              <th scope="col" className="pb-1.5 font-medium">
                {t("ceiling")}
              </th>
            </tr>
          </thead>
          <tbody>
            <SizeRow
              name={t("vcpus")}
              asked={vm.asked.vcpus}
              real={vm.live.vcpus}
              next={vm.next.vcpus}
              ceiling={running ? vm.live.maxVcpus : vm.next.maxVcpus}
              running={running}
              show={String}
            />
            <SizeRow
              name={t("memory")}
              asked={vm.asked.memoryKib}
              real={vm.live.memoryKib}
              next={vm.next.memoryKib}
              ceiling={running ? vm.live.maxMemoryKib : vm.next.maxMemoryKib}
              running={running}
              show={kib}
            />
          </tbody>
        </table>
      </ScrollBox>
      <Usage vm={vm} />
    </Card>
  );
}

interface SizeRowProps {
  name: string;
  asked: number;
  real: number;
  next: number;
  ceiling: number;
  running: boolean;
  show: (value: number) => ReactNode;
}

function SizeRow({ name, asked, real, next, ceiling, running, show }: SizeRowProps) {
  const t = useTranslations("vm.detail");
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-2 pr-4 font-normal text-muted">
        {name}
      </th>
      <td className="py-2 pr-4">{show(asked)}</td>
      <td className="py-2 pr-4 font-medium">
        {running ? show(real) : <span className="font-normal text-muted">{t("off")}</span>}
        {running && real !== asked && (
          <span className="ml-2" title={t("differs")}>
            <Badge tone="warn">≠</Badge>
            <span className="sr-only">{t("differs")}</span>
          </span>
        )}
      </td>
      <td className="py-2 pr-4">
        {show(next)}
        {running && next !== real && (
          <span aria-hidden="true" className="ml-1.5 text-warn-text">
            ●
          </span>
        )}
      </td>
      <td className="py-2 text-muted">{show(ceiling)}</td>
    </tr>
  );
}

function Usage({ vm }: { vm: VmView }) {
  const t = useTranslations("vm.detail");
  const format = useFormatter();
  const locale = useLocale();
  if (vm.bootId === null) return null;
  const memoryPercent =
    vm.memoryUsedKib === null ? null : (100 * vm.memoryUsedKib) / vm.live.memoryKib;
  return (
    <dl className="mt-3 grid gap-4 border-line border-t pt-3 sm:grid-cols-2">
      <Gauge
        term={t("cpuUse")}
        percent={vm.cpuPercent}
        text={
          vm.cpuPercent === null
            ? t("notSampled")
            : format.number(vm.cpuPercent / 100, { style: "percent", maximumFractionDigits: 0 })
        }
      />
      <Gauge
        term={t("memoryUse")}
        percent={memoryPercent}
        text={
          vm.memoryUsedKib === null
            ? t("notSampled")
            : `${formatKib(vm.memoryUsedKib, locale)} / ${formatKib(vm.live.memoryKib, locale)}`
        }
      />
    </dl>
  );
}

function Gauge({ term, percent, text }: { term: string; percent: number | null; text: string }) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-13">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right">{text}</dd>
      <dd className="col-span-2">
        <Progress percent={percent ?? 0} label={term} />
      </dd>
    </div>
  );
}
