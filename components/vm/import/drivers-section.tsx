"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { RadioCard } from "@/components/ui/radio-card";
import { importDrivers } from "@/lib/model/appliance";
import type { ImportForm } from "./form-state";

interface DriversSectionProps {
  form: Pick<ImportForm, "drivers">;
  onChange: (change: Pick<ImportForm, "drivers">) => void;
}

/** Fast devices, or those that nearly every system knows. */
export function DriversSection({ form, onChange }: DriversSectionProps) {
  const t = useTranslations("import");
  return (
    <Card>
      <fieldset>
        <legend className="mb-3 font-semibold">{t("drivers")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {importDrivers.map((drivers) => (
            <RadioCard
              key={drivers}
              name="drivers"
              value={drivers}
              checked={form.drivers === drivers}
              onChange={() => onChange({ drivers })}
              label={t(`driver.${drivers}`)}
              hint={t(`driver.${drivers}Hint`)}
            />
          ))}
        </div>
      </fieldset>
    </Card>
  );
}
