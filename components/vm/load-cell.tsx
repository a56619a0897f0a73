"use client";

import { clsx } from "clsx";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatKib } from "@/components/ui/format";
import type { VmView } from "@/lib/model/vm";

const BUSY_PERCENT = 85;

/** CPU in use as a bar with its figure, and memory as "used / given". */
export function LoadCell({ vm }: { vm: VmView }) {
  const t = useTranslations("vm.list");
  const format = useFormatter();
  const locale = useLocale();
  if (vm.cpuPercent === null) {
    return <span className="text-muted">–</span>;
  }
  const percent = Math.max(0, Math.min(100, vm.cpuPercent));
  const text = format.number(percent / 100, { style: "percent", maximumFractionDigits: 0 });
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <svg
          viewBox="0 0 48 4"
          preserveAspectRatio="none"
          aria-hidden="true"
          className={clsx("h-1 w-12", percent >= BUSY_PERCENT ? "text-warn" : "text-accent-text")}
        >
          <rect width="48" height="4" rx="2" className="fill-line" />
          <rect width={(48 * percent) / 100} height="4" rx="2" fill="currentColor" />
        </svg>
        <span className="w-9 text-right">
          <span className="sr-only">{t("cpu")} </span>
          {text}
        </span>
      </span>
      {vm.memoryUsedKib !== null && (
        <span className="text-muted text-xs">
          {formatKib(vm.memoryUsedKib, locale)} / {formatKib(vm.live.memoryKib, locale)}
        </span>
      )}
    </span>
  );
}
