"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { formatKib } from "@/components/ui/format";
import type { ResizeField, ResizeLine, ResizePlan, ResizeWhen } from "@/lib/model/resize-plan";

const tones: Record<ResizeWhen, Tone> = {
  now: "ok",
  next_boot: "warn",
  refused: "bad",
  unchanged: "neutral",
};

const labels: Record<ResizeField, "labelVcpus" | "labelMemory" | "labelModules"> = {
  vcpus: "labelVcpus",
  memory: "labelMemory",
  modules: "labelModules",
};

/** The plan in words, line by line: now, at the next start, or not at all, and why. */
export function PlanList({ plan }: { plan: ResizePlan }) {
  const t = useTranslations("vm.resize");
  return (
    <div role="status" className="rounded-md bg-raised px-3 py-2.5">
      <p className="font-medium text-13">{t("plan")}</p>
      {plan.changes ? (
        <ul className="mt-2 flex flex-col gap-2.5">
          <PlanLine line={plan.vcpus} />
          <PlanLine line={plan.memory} />
          {plan.modules.when !== "unchanged" && <PlanLine line={plan.modules} />}
        </ul>
      ) : (
        <p className="mt-1 text-13 text-muted">{t("noPlan")}</p>
      )}
    </div>
  );
}

function PlanLine({ line }: { line: ResizeLine }) {
  const t = useTranslations("vm");
  const locale = useLocale();
  const show = (size: number) => {
    if (!Number.isFinite(size)) return "?";
    if (line.field === "modules" && size === 0) return t("resize.noModules");
    return line.field === "vcpus" ? `${size} vCPU` : formatKib(size, locale);
  };
  const { min = 0, max = 0, size = 0 } = line.values;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-13">
      <span className="w-14 shrink-0 text-muted">{t(`resize.${labels[line.field]}`)}</span>
      <span className="font-medium">
        {line.when === "unchanged" || line.from === line.to || line.field === "modules"
          ? show(line.to)
          : t("resize.from_to", { from: show(line.from), to: show(line.to) })}
      </span>
      <Badge tone={tones[line.when]}>{t(`resize.when.${line.when}`)}</Badge>
      <span className="w-full text-muted sm:pl-17">{t(line.reasonKey, { min, max, size })}</span>
    </li>
  );
}
