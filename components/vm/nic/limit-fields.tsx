"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { type NicLimit, nicLimitMax } from "@/lib/model/nic";
import { wholeNumber } from "../create/form-state";

export interface LimitText {
  average: string;
  peak: string;
  burst: string;
}

const figures = ["average", "peak", "burst"] as const;

export function textOfLimit(limit: NicLimit | null): LimitText {
  const text = (figure: number | null | undefined) => (figure == null ? "" : String(figure));
  return { average: text(limit?.average), peak: text(limit?.peak), burst: text(limit?.burst) };
}

/** The limit that is typed, null for none, or the key of what is wrong with it and where. */
export function limitOfText(
  text: LimitText,
): { limit: NicLimit | null } | { wrong: keyof LimitText; key: string } {
  if (figures.every((name) => text[name].trim() === "")) return { limit: null };
  const read = (name: keyof LimitText) =>
    name !== "average" && text[name].trim() === "" ? null : (wholeNumber(text[name]) ?? Number.NaN);
  for (const name of figures) {
    const figure = read(name);
    if (Number.isNaN(figure)) return { wrong: name, key: "field.nic_limit.number" };
    if (figure !== null && (figure < 1 || figure > nicLimitMax)) {
      return { wrong: name, key: "field.nic_limit.range" };
    }
  }
  const [average, peak, burst] = [read("average") ?? 0, read("peak"), read("burst")];
  if (peak !== null && peak < average) return { wrong: "peak", key: "field.nic_limit.peak" };
  return { limit: { average, peak, burst } };
}

interface LimitFieldsProps {
  legend: string;
  value: LimitText;
  onChange: (value: LimitText) => void;
}

/** Three figures of one direction. */
export function LimitFields({ legend, value, onChange }: LimitFieldsProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const read = limitOfText(value);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-13">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-3">
        {figures.map((name) => (
          <Field
            key={name}
            label={t(name)}
            error={"wrong" in read && read.wrong === name ? errorText({ key: read.key }) : null}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                unit={name === "burst" ? "KiB" : "KiB/s"}
                value={value[name]}
                onChange={(event) => onChange({ ...value, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
