"use client";

import { useTranslations } from "next-intl";
import { useChange } from "@/components/project/use-change";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ActionResult } from "@/lib/model/result";
import type { HostTuning, SchedulerInput } from "@/lib/model/tuning";

interface QueuesCardProps {
  tuning: HostTuning;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  set: (input: SchedulerInput) => Promise<ActionResult<HostTuning>>;
}

/** In which order the requests of the host's disks are served. */
export function QueuesCard({ tuning, forbidden, set }: QueuesCardProps) {
  const t = useTranslations("tuning.queues");
  const { busy, run } = useChange();
  const { hostId, queues } = tuning;
  return (
    <Card title={t("title")} description={t("hint")}>
      {queues === null || queues.length === 0 ? (
        <p className="text-13 text-muted">{queues === null ? t("elsewhere") : t("none")}</p>
      ) : (
        <Table aria-label={t("title")}>
          <thead>
            <Tr>
              <Th>{t("disk")}</Th>
              <Th>{t("scheduler")}</Th>
            </Tr>
          </thead>
          <tbody>
            {queues.map(({ disk, scheduler, choices }) => (
              <Tr key={disk}>
                <Td className="font-mono">{disk}</Td>
                <Td>
                  <Select
                    aria-label={t("of", { disk })}
                    className="max-w-48"
                    disabled={forbidden !== null || busy}
                    value={scheduler}
                    onChange={({ target }) =>
                      void run(() => set({ hostId, disk, scheduler: target.value }), t("saved"))
                    }
                  >
                    {choices.map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </Select>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {forbidden && <p className="mt-2 text-13 text-muted">{forbidden}</p>}
    </Card>
  );
}
