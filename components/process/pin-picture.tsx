"use client";

import { clsx } from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { formatKib } from "@/components/ui/format";
import type { HostCell, PinnedNeighbour } from "@/lib/model/pinning";

interface PinPictureProps {
  cells: readonly HostCell[];
  /** CPUs that this VM is bound to, as the form has it. */
  own: readonly number[];
  neighbours: readonly PinnedNeighbour[];
}

type Use = "own" | "theirs" | "both" | "free";

const looks: Record<Use, string> = {
  own: "border-accent-text bg-accent-soft text-accent-text",
  theirs: "border-warn-text border-dashed bg-warn-soft text-warn-text",
  both: "border-bad-text border-double border-4 bg-bad-soft text-bad-text",
  free: "border-line-strong bg-surface text-muted",
};

/** Cells, cores and CPUs of the host, and who is bound to which. */
export function PinPicture({ cells, own, neighbours }: PinPictureProps) {
  const t = useTranslations("process.pin");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label={t("picture")} className="flex flex-wrap gap-3">
        {cells.map(({ cell, memoryKib, cores }) => (
          <li key={cell} className="rounded-md border border-line bg-raised px-3 py-2">
            <p className="mb-2 text-13">
              {t("cell", { cell })}
              {memoryKib !== null && (
                <span className="ml-2 text-muted">
                  {t("cellMemory", { size: formatKib(memoryKib, locale) })}
                </span>
              )}
            </p>
            <ul className="flex flex-wrap gap-2">
              {cores.map((core) => (
                <li key={core.cpus[0]} className="rounded-md border border-line-strong p-1.5">
                  <span className="sr-only">
                    {t("core", { core: core.core, socket: core.socket })}
                  </span>
                  <ul className="flex gap-1">
                    {core.cpus.map((cpu) => (
                      <Cpu key={cpu} cpu={cpu} own={own.includes(cpu)} neighbours={neighbours} />
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
        {(["own", "theirs", "both", "free"] as const).map((use) => (
          <li key={use} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={clsx("size-4 rounded border", looks[use])} />
            {t(`legend.${use}`)}
          </li>
        ))}
      </ul>
      <p className="text-13 text-muted">{t("threadsHint")}</p>
    </div>
  );
}

interface CpuProps {
  cpu: number;
  own: boolean;
  neighbours: readonly PinnedNeighbour[];
}

function Cpu({ cpu, own, neighbours }: CpuProps) {
  const t = useTranslations("process.pin");
  const bound = neighbours.filter((each) => each.cpus.includes(cpu)).map(({ name }) => name);
  const use: Use = own ? (bound.length > 0 ? "both" : "own") : bound.length > 0 ? "theirs" : "free";
  const words = t(`cpuUse.${use}`, { cpu, names: bound.join(", ") });
  return (
    <li
      title={words}
      className={clsx(
        "flex h-8 min-w-8 items-center justify-center rounded border px-1 font-mono text-xs",
        looks[use],
      )}
    >
      <span aria-hidden="true">{cpu}</span>
      <span className="sr-only">{words}</span>
    </li>
  );
}
