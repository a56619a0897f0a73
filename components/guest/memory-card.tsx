"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useFollowServer } from "@/components/shell/follow-server";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { formatKib } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { RefreshButton } from "@/components/ui/refresh-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { useVmDetail } from "@/components/vm/use-vm-detail";
import type { UserMessage } from "@/lib/model/errors";
import { type MemoryView, memoryFigures } from "@/lib/model/guest/memory";
import type { VmDetail } from "@/lib/model/vm";

interface MemoryCardProps {
  detail: VmDetail;
  /** Null when nothing could be asked; `failure` says why. */
  view: MemoryView | null;
  failure: UserMessage | null;
}

/** The figures of the guest's balloon, each with what it means. */
export function MemoryCard({ detail, view, failure }: MemoryCardProps) {
  const t = useTranslations("guest.memory");
  const errorText = useErrorText();
  const vm = useVmDetail(detail);
  // Another start has other figures, and one that is off has none.
  useFollowServer(String(detail.bootId), String(vm.bootId));
  return (
    <Card
      title={t("title")}
      description={t("hint")}
      aside={<RefreshButton>{t("refresh")}</RefreshButton>}
    >
      <div className="flex flex-col gap-3">
        {failure && (
          <Callout tone="info" role="status">
            {errorText(failure)}
          </Callout>
        )}
        {view && (
          <>
            <Told view={view} />
            <Figures view={view} />
            <VirshLine commands={view.commands} />
          </>
        )}
      </div>
    </Card>
  );
}

/** Whether the guest tells, and how old its word is. */
function Told({ view: { balloon, periodSeconds, toldAt } }: { view: MemoryView }) {
  const t = useTranslations("guest.memory");
  if (balloon !== "told") {
    return (
      <Callout tone={balloon === "silent" ? "warn" : "info"} title={t(`state.${balloon}`)}>
        <p>{t(`help.${balloon}`)}</p>
      </Callout>
    );
  }
  return (
    <p className="text-13 text-muted">
      {t(periodSeconds > 0 ? "asked" : "askedNoMore", { seconds: periodSeconds })}{" "}
      {toldAt !== null && (
        <>
          {t("toldAt")} <LocalTime at={toldAt} />
        </>
      )}
    </p>
  );
}

function Figures({ view: { figures } }: { view: MemoryView }) {
  const t = useTranslations("guest.memory");
  const format = useFormatter();
  const locale = useLocale();
  const told = memoryFigures.flatMap((name) => {
    const value = figures[name];
    return value === null ? [] : [{ name, value }];
  });
  return (
    <Table aria-label={t("title")}>
      <thead>
        <Tr>
          <Th>{t("figure")}</Th>
          <Th className="text-right">{t("value")}</Th>
          <Th className="max-sm:hidden">{t("meaning")}</Th>
        </Tr>
      </thead>
      <tbody>
        {told.map(({ name, value }) => (
          <Tr key={name}>
            <Td>
              {t(`name.${name}`)}
              <span className="block text-muted text-xs sm:hidden">{t(`means.${name}`)}</span>
            </Td>
            <Td className="whitespace-nowrap text-right tabular-nums">
              {name.endsWith("Kib") ? formatKib(value, locale) : format.number(value)}
            </Td>
            <Td className="text-muted max-sm:hidden">{t(`means.${name}`)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
