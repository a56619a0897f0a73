"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ThreadView } from "@/lib/model/process/process";

/** QEMU's threads: each vCPU is one of them. */
export function ThreadTable({ threads }: { threads: ThreadView[] }) {
  const t = useTranslations("process");
  const format = useFormatter();
  return (
    <Table aria-label={t("threadTable")}>
      <thead>
        <Tr>
          <Th>{t("tid")}</Th>
          <Th>{t("thread")}</Th>
          <Th>{t("cpuTime")}</Th>
          <Th>{t("allowedCpus")}</Th>
        </Tr>
      </thead>
      <tbody>
        {threads.map((thread) => (
          <Tr key={thread.tid}>
            <Td className="font-mono text-xs">{thread.tid}</Td>
            <Td>{thread.name}</Td>
            <Td className="whitespace-nowrap">
              {t("seconds", {
                value: format.number(thread.cpuSeconds, { maximumFractionDigits: 2 }),
              })}
            </Td>
            <Td className="font-mono text-xs">{thread.allowedCpus}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
