"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { wholeNumber } from "../create/form-state";
import type { ImportForm } from "./form-state";

interface SizesSectionProps {
  form: ImportForm;
  errorOf: (field: keyof ImportForm) => string | null;
  onChange: (change: Partial<ImportForm>) => void;
}

/** Name and sizes, as the file proposes them. */
export function SizesSection({ form, errorOf, onChange }: SizesSectionProps) {
  const t = useTranslations("import");
  const errorOfFigure = (field: "vcpus" | "memoryMib") =>
    wholeNumber(form[field]) === null ? t("number") : errorOf(field);
  const typed = (field: "name" | "vcpus" | "memoryMib") => ({
    name: field,
    autoComplete: "off",
    value: form[field],
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  return (
    <Card title={t("becomes")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("name")}
          error={errorOf("name")}
          hint={t("nameHint")}
          className="sm:col-span-2"
        >
          {(control) => <Input {...control} {...typed("name")} spellCheck={false} required />}
        </Field>
        <Field label={t("vcpus")} error={errorOfFigure("vcpus")}>
          {(control) => <Input {...control} {...typed("vcpus")} inputMode="numeric" />}
        </Field>
        <Field label={t("memory")} error={errorOfFigure("memoryMib")}>
          {(control) => (
            <Input {...control} {...typed("memoryMib")} inputMode="numeric" unit="MiB" />
          )}
        </Field>
      </div>
    </Card>
  );
}
