"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { formatBytes } from "@/components/ui/format";
import type { ApplianceView } from "@/lib/model/appliance";
import type { ImportForm } from "./form-state";

interface ImportSummaryProps {
  form: ImportForm;
  appliance: ApplianceView;
  onChange: (change: Partial<ImportForm>) => void;
  children: ReactNode;
}

/** What will be made, and what becomes of the file; the button is part of it. */
export function ImportSummary({ form, appliance, onChange, children }: ImportSummaryProps) {
  const t = useTranslations("import");
  const locale = useLocale();
  const { disks, networks } = appliance;
  const size = formatBytes(
    disks.reduce((sum, disk) => sum + disk.capacityBytes, 0),
    locale,
  );
  return (
    <section
      aria-label={t("summary")}
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-19"
    >
      <div>
        <h2 className="font-medium text-muted text-xs">{t("summary")}</h2>
        <p className="mt-1 break-words font-semibold text-base">{form.name.trim() || "–"}</p>
      </div>
      <ul className="list-disc rounded-md bg-raised py-2.5 pr-3 pl-7 text-13">
        <li>{t("plan.disks", { count: disks.length, size })}</li>
        <li>{t("plan.definition")}</li>
        <li>{t("plan.cards", { count: networks.length, network: form.network || "–" })}</li>
        <li>{t("plan.left")}</li>
      </ul>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 font-medium text-13">{t("after")}</legend>
        <Checkbox
          name="start"
          checked={form.start}
          onChange={(event) => onChange({ start: event.target.checked })}
          label={t("start")}
        />
        <Checkbox
          name="remove"
          checked={form.remove}
          onChange={(event) => onChange({ remove: event.target.checked })}
          label={t("remove")}
          hint={t("removeHint")}
        />
      </fieldset>
      {children}
    </section>
  );
}
