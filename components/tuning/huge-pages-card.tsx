"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/project/use-change";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatKib } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { formatCpuSet } from "@/lib/model/cpu-set";
import type { ActionResult } from "@/lib/model/result";
import {
  type CellPages,
  type HostTuning,
  HUGE_PAGE_KIB,
  type HugePagesInput,
  poolProblem,
} from "@/lib/model/tuning";
import { virshLine } from "@/lib/model/virsh-line";

interface HugePagesCardProps {
  tuning: HostTuning;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  set: (input: HugePagesInput) => Promise<ActionResult<HostTuning>>;
}

/** A host's cells with their pools of huge pages, and what a larger pool costs. */
export function HugePagesCard({ tuning, forbidden, set }: HugePagesCardProps) {
  const t = useTranslations("tuning.pages");
  const { cells, transparent } = tuning;
  return (
    <Card title={t("title")} description={t("hint")}>
      <div className="flex flex-col gap-5">
        {cells.map((cell) => (
          <CellForm key={cell.cell} cell={cell} {...{ tuning, forbidden, set }} />
        ))}
        <p className="text-13 text-muted">{t("cells", { count: cells.length })}</p>
        <p className="text-13 text-muted">
          {transparent === null ? t("transparentElsewhere") : t("transparent", { transparent })}
        </p>
      </div>
    </Card>
  );
}

function CellForm({ cell, tuning, forbidden, set }: HugePagesCardProps & { cell: CellPages }) {
  const t = useTranslations("tuning.pages");
  const errorText = useErrorText();
  const locale = useLocale();
  const { busy, run } = useChange();
  const [typed, setTyped] = useState(String(cell.total));
  const pages = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : null;
  const problem = pages === null ? null : poolProblem(cell, pages, tuning.memoryFreeKib);
  const wrong = pages === null ? t("number") : problem && errorText(problem);
  const same = pages === cell.total ? t("same") : null;
  const blocked = forbidden ?? wrong ?? same;
  const memory = (count: number) => formatKib(count * HUGE_PAGE_KIB, locale);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null || pages === null) return;
    void run(() => set({ hostId: tuning.hostId, cell: cell.cell, pages }), t("saved"));
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <p className="text-13">
        {t("state", {
          cell: cell.cell,
          cpus: formatCpuSet(cell.cpus),
          memory: cell.memoryKib === null ? "?" : formatKib(cell.memoryKib, locale),
          total: cell.total,
          used: cell.total - cell.free,
        })}
      </p>
      <Field label={t("label", { cell: cell.cell })} error={wrong}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            className="max-w-40"
            disabled={forbidden !== null}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {blocked === null && pages !== null && (
        <>
          <p role="status" className="rounded-md bg-raised px-3 py-2.5 text-13">
            {t("cost", { memory: memory(pages), before: memory(cell.total) })}
          </p>
          <VirshLine
            commands={[
              virshLine([
                "allocpages",
                "--pagesize",
                `${HUGE_PAGE_KIB}`,
                "--pagecount",
                `${pages}`,
                "--cellno",
                `${cell.cell}`,
              ]),
            ]}
          />
        </>
      )}
      <div>
        <ReasonButton type="submit" size="sm" busy={busy} disabledReason={blocked}>
          {t("save")}
        </ReasonButton>
      </div>
    </form>
  );
}
