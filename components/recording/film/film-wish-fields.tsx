"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCard } from "@/components/ui/radio-card";
import { Select } from "@/components/ui/select";
import type { FilmFormat } from "@/lib/model/recording";
import { speeds } from "../replay";
import { formatMoment } from "./moment";
import type { NoWebm } from "./webm-settings";

/** What a film is to be, as it is typed. */
export interface FilmForm {
  format: FilmFormat;
  from: string;
  to: string;
  speed: number;
  skips: boolean;
}

interface FilmWishFieldsProps {
  form: FilmForm;
  onChange: (form: FilmForm) => void;
  /** Why there is no video; undefined until it is known. */
  noWebm: NoWebm | undefined;
  wrong: { from: string | null; to: string | null };
  /** Where the player is. */
  atMs: number;
}

export function FilmWishFields({ form, onChange, noWebm, wrong, atMs }: FilmWishFieldsProps) {
  const t = useTranslations("recording.film");
  const set = (change: Partial<FilmForm>) => onChange({ ...form, ...change });
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-medium text-13">{t("format")}</legend>
        <RadioCard
          name="format"
          label={t("gif")}
          hint={t("gifHint")}
          checked={form.format === "gif"}
          onChange={() => set({ format: "gif" })}
        />
        <RadioCard
          name="format"
          label={t("webm")}
          hint={noWebm ? t(noWebm) : t("webmHint")}
          checked={form.format === "webm"}
          disabled={noWebm !== null}
          onChange={() => set({ format: "webm" })}
        />
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        {(["from", "to"] as const).map((end) => (
          <Field key={end} label={t(end)} error={wrong[end]}>
            {(control) => (
              <>
                <Input
                  {...control}
                  value={form[end]}
                  autoComplete="off"
                  onChange={(event) => set({ [end]: event.target.value })}
                />
                <Button
                  size="sm"
                  aria-label={`${t(end)}: ${t("here")}`}
                  className="self-start"
                  onClick={() => set({ [end]: formatMoment(atMs) })}
                >
                  {t("here")}
                </Button>
              </>
            )}
          </Field>
        ))}
      </div>
      <Field label={t("speed")} className="w-32">
        {(control) => (
          <Select
            {...control}
            value={form.speed}
            onChange={(event) => set({ speed: Number(event.target.value) })}
          >
            {speeds.map((each) => (
              <option key={each} value={each}>
                {each}×
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        label={t("skips")}
        checked={form.skips}
        onChange={(event) => set({ skips: event.target.checked })}
      />
    </>
  );
}
