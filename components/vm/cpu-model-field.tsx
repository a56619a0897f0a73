"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type CpuChoices, cpuModes } from "@/lib/model/cpu";

interface CpuModelFieldProps {
  /** Null while the host does not tell. */
  choices: CpuChoices | null;
  /** What the next start has; null: nothing that the definition names. */
  before: string | null;
  /** What the person chose; null: nothing yet. */
  chosen: string | null;
  disabled: boolean;
  onChoose: (model: string | undefined) => void;
}

/** The processors that the VM's host can give it. */
export function CpuModelField(props: CpuModelFieldProps) {
  const { choices, before, chosen, disabled, onChoose } = props;
  const t = useTranslations("vm.cpu");
  const named = (model: string) => {
    const mode = cpuModes.find((each) => each === model);
    return mode === undefined ? model : t(`modes.${mode}`);
  };
  const others = [...(choices?.modes ?? []), ...(choices?.models ?? [])];
  return (
    <Field
      label={t("model")}
      hint={choices === null ? t("noChoices") : t("modelHint")}
      className="max-w-md"
    >
      {(control) => (
        <Select
          {...control}
          name="model"
          disabled={disabled || choices === null}
          value={chosen ?? ""}
          onChange={({ target }) => onChoose(target.value || undefined)}
        >
          <option value="">
            {t("keep", { model: before === null ? t("own") : named(before) })}
          </option>
          {others
            .filter((each) => each !== before)
            .map((each) => (
              <option key={each} value={each}>
                {named(each)}
              </option>
            ))}
        </Select>
      )}
    </Field>
  );
}
