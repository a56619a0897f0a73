"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import type { DiskFileView, FileSizes } from "@/lib/model/volume/disk-file";

const rows = ["capacityBytes", "allocationBytes", "physicalBytes"] as const;

/** The sizes as the host's list has them, and beside them those of the running QEMU. */
export function FileSizesTable({ view }: { view: DiskFileView }) {
  const t = useTranslations("volume");
  const locale = useLocale();
  const show = (sizes: FileSizes, row: (typeof rows)[number]) => {
    const bytes = sizes[row];
    return bytes === null ? t("notKnown") : formatBytes(bytes, locale);
  };
  return (
    <table className="w-full text-left text-13">
      <thead>
        <tr className="text-muted text-xs">
          <th scope="col" className="pr-4 pb-1.5 font-medium">
            <span className="sr-only">{t("sizes")}</span>
          </th>
          <th scope="col" className="pr-4 pb-1.5 font-medium">
            {t("listed")}
          </th>
          {view.running && (
            <th scope="col" className="pb-1.5 font-medium">
              {t("running")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row} className="border-line border-t">
            <th scope="row" className="py-2 pr-4 font-normal text-muted">
              {t(row)}
            </th>
            <td className="py-2 pr-4">{show(view, row)}</td>
            {view.running && <td className="py-2">{show(view.running, row)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
