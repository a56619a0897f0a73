"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { layoutIds } from "@/lib/model/keyboard/layouts";
import { type GroupSwitch, groupSwitches, twoGroupLayouts } from "@/lib/model/keyboard/plan-text";
import type { KeptLayout } from "./kept-layout";

const switchNames = Object.keys(groupSwitches) as readonly GroupSwitch[];

interface LayoutChoiceProps {
  value: KeptLayout;
  disabled: boolean;
  onChange: (value: KeptLayout) => void;
}

/** Which keyboard the guest believes it has; one's own does not matter. */
export function LayoutChoice({ value, disabled, onChange }: LayoutChoiceProps) {
  const t = useTranslations("console.type");
  return (
    <>
      <Field label={t("layout")} hint={t("layoutHint")}>
        {(control) => (
          <Select
            {...control}
            disabled={disabled}
            value={value.layout}
            onChange={(event) => {
              const layout = layoutIds.find((each) => each === event.target.value);
              if (layout) onChange({ ...value, layout });
            }}
          >
            {layoutIds.map((id) => (
              <option key={id} value={id}>
                {t(`layouts.${id}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {twoGroupLayouts.includes(value.layout) && (
        <Field label={t("groupSwitch")} hint={t("groupSwitchHint")}>
          {(control) => (
            <Select
              {...control}
              disabled={disabled}
              value={value.groupSwitch ?? ""}
              onChange={(event) => {
                const chosen = switchNames.find((each) => each === event.target.value);
                onChange({ ...value, groupSwitch: chosen ?? null });
              }}
            >
              <option value="">{t("groupSwitches.none")}</option>
              {switchNames.map((name) => (
                <option key={name} value={name}>
                  {t(`groupSwitches.${name}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  );
}
