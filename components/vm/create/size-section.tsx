"use client";

import { clsx } from "clsx";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { formatBytes, formatKib } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import type { ImageView } from "@/lib/model/image";
import { suggestDefaults } from "@/lib/model/os-defaults";
import { KIB_PER_MIB, mibToKib } from "@/lib/model/units";
import type { HostRoom } from "../types";
import {
  asTyped,
  type CreateForm,
  growthOf,
  presetKeys,
  presets,
  type Sizes,
  sameSizes,
} from "./form-state";

interface SizeSectionProps {
  form: CreateForm;
  image: ImageView | null;
  room: HostRoom | null;
  errorOf: (field: keyof CreateForm) => string | null;
  onChange: (change: Partial<CreateForm>) => void;
}

/** Presets, and the figures themselves. */
export function SizeSection({ form, image, room, errorOf, onChange }: SizeSectionProps) {
  const t = useTranslations("create");
  const locale = useLocale();
  const growth = growthOf({ ...form, roomToGrow: true }, room);
  const figure = (field: "vcpus" | "memoryMib" | "diskGib") => ({
    inputMode: "numeric" as const,
    autoComplete: "off",
    value: form[field],
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  return (
    <Card title={t("size")}>
      <Presets form={form} image={image} onChange={onChange} />
      <div className="mt-4 grid gap-4 sm:grid-cols-3">
        <Field
          label={t("vcpus")}
          error={errorOf("vcpus")}
          hint={room && t("vcpusHint", { count: room.cpuCount })}
        >
          {(control) => <Input {...control} {...figure("vcpus")} name="vcpus" />}
        </Field>
        <Field
          label={t("memory")}
          error={errorOf("memoryMib")}
          hint={
            room &&
            t("memoryHint", {
              free: formatKib(room.memoryFreeKib, locale),
              total: formatKib(room.memoryKib, locale),
            })
          }
        >
          {(control) => <Input {...control} {...figure("memoryMib")} name="memoryMib" unit="MiB" />}
        </Field>
        <Field
          label={t("disk")}
          error={errorOf("diskGib")}
          hint={
            room?.diskFreeBytes != null &&
            t("diskHint", { free: formatBytes(room.diskFreeBytes, locale) })
          }
        >
          {(control) => <Input {...control} {...figure("diskGib")} name="diskGib" unit="GiB" />}
        </Field>
      </div>
      <Checkbox
        name="roomToGrow"
        className="mt-4"
        checked={form.roomToGrow}
        onChange={(event) => onChange({ roomToGrow: event.target.checked })}
        label={t("roomToGrow")}
        hint={
          growth === null
            ? t("roomToGrowHint")
            : t("roomToGrowTo", { memory: formatKib(mibToKib(growth.maxMemoryMib), locale) })
        }
      />
      <Checkbox
        name="memoryModules"
        className="mt-3"
        checked={form.memoryModules}
        onChange={(event) => onChange({ memoryModules: event.target.checked })}
        label={t("memoryModules")}
        hint={t("memoryModulesHint")}
      />
    </Card>
  );
}

type PresetsProps = Pick<SizeSectionProps, "form" | "image" | "onChange">;

function Presets({ form, image, onChange }: PresetsProps) {
  const t = useTranslations("create");
  const system = useTranslations("image.family");
  const suggested = image && suggestDefaults(image);
  const others = presetKeys.filter((key) => !suggested || !sameSizes(presets[key], suggested));
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-13">{t("preset")}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-5">
        {image && suggested && (
          <Preset
            name={t("presets.suggested")}
            note={t("suggestedFor", { system: system(image.osFamily) })}
            sizes={suggested}
            form={form}
            onChange={onChange}
          />
        )}
        {others.map((key) => (
          <Preset
            key={key}
            name={t(`presets.${key}`)}
            sizes={presets[key]}
            form={form}
            onChange={onChange}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface PresetProps {
  name: string;
  note?: ReactNode;
  sizes: Sizes;
  form: CreateForm;
  onChange: (change: Partial<CreateForm>) => void;
}

function Preset({ name, note, sizes, form, onChange }: PresetProps) {
  const t = useTranslations("create");
  const locale = useLocale();
  const typed = asTyped(sizes);
  const chosen =
    form.vcpus === typed.vcpus &&
    form.memoryMib === typed.memoryMib &&
    form.diskGib === typed.diskGib;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => onChange(typed)}
      className={clsx(
        "flex flex-col gap-0.5 rounded-md border px-3 py-2 text-left text-13",
        chosen
          ? "border-accent-text bg-accent-soft"
          : "border-line-strong bg-surface hover:border-muted",
      )}
    >
      <span className="font-medium">{name}</span>
      <span className="text-muted text-xs">
        {sizes.vcpus} vCPU · {formatKib(sizes.memoryMib * KIB_PER_MIB, locale)}
        <br />
        {t("diskOf", { size: `${sizes.diskGib} GiB` })}
      </span>
      {note && <span className="text-muted text-xs">{note}</span>}
    </button>
  );
}
