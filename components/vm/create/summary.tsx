"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatKib } from "@/components/ui/format";
import { VirshLine } from "@/components/ui/virsh-line";
import { createCommands } from "@/lib/model/create-commands";
import type { ImageView } from "@/lib/model/image";
import { mibToKib } from "@/lib/model/units";
import type { HostRoom } from "../types";
import { type CreateForm, growthOf, wholeNumber } from "./form-state";

interface SummaryProps {
  form: CreateForm;
  image: ImageView | null;
  room: HostRoom | null;
  children: ReactNode;
}

/** What will be made, kept up while one types; the button is part of it. */
export function Summary({ form, image, room, children }: SummaryProps) {
  const t = useTranslations("create");
  const locale = useLocale();
  const vcpus = wholeNumber(form.vcpus);
  const memoryMib = wholeNumber(form.memoryMib);
  const growth = room && growthOf(form, room);
  const dash = "–";
  return (
    <section
      aria-label={t("summary")}
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-19"
    >
      <div>
        <h2 className="font-medium text-muted text-xs">{t("summary")}</h2>
        <p className="mt-1 break-words font-semibold text-base">
          {form.name.trim() || <span className="text-muted">{t("unnamed")}</span>}
        </p>
      </div>
      <dl className="flex flex-col gap-2.5 text-13">
        <Line term={t("bootsFirst")}>{image?.name ?? t("bootsDisk")}</Line>
        <Line term={t("processors")}>{vcpus === null ? dash : `${vcpus} vCPU`}</Line>
        <Line term={t("memory")}>
          {memoryMib === null ? dash : formatKib(mibToKib(memoryMib), locale)}
          {memoryMib !== null && growth && (
            <Counted memoryMib={memoryMib} ceilingMib={growth.maxMemoryMib} />
          )}
        </Line>
        <Line term={t("disk")}>
          {wholeNumber(form.diskGib) === null ? dash : `${form.diskGib.trim()} GiB`}{" "}
          {form.diskFormat}
        </Line>
        <Line term={t("network")}>{form.network || dash}</Line>
        <Line term={t("firmware")}>{t(`firmwares.${form.firmware}`)}</Line>
        <Line term={t("video")}>{t(`videos.${form.video}`)}</Line>
        {room && (
          <Line term={t("onHost")}>{room.virtType === "kvm" ? t("kvm") : t("emulated")}</Line>
        )}
      </dl>
      {growth && (
        <div className="rounded-md bg-raised px-3 py-2.5 text-13">
          <p className="text-muted">{t("headroom")}</p>
          <p className="font-medium">
            {t("headroomValue", {
              vcpus: growth.maxVcpus,
              memory: formatKib(mibToKib(growth.maxMemoryMib), locale),
            })}
          </p>
          <p className="mt-1 text-muted text-xs">
            {t(form.memoryModules ? "headroomModules" : "headroomHint")}
          </p>
        </div>
      )}
      {children}
      <VirshLine commands={commandsOf(form, image, room)} />
    </section>
  );
}

/** Nothing while a figure is still missing. */
function commandsOf(form: CreateForm, image: ImageView | null, room: HostRoom | null): string[] {
  const vcpus = wholeNumber(form.vcpus);
  const memoryMib = wholeNumber(form.memoryMib);
  const diskGib = wholeNumber(form.diskGib);
  const growth = room && growthOf(form, room);
  if (room === null || growth === null || !vcpus || !memoryMib || !diskGib) return [];
  const { diskFormat, network, firmware, video } = form;
  return createCommands({
    name: form.name.trim() || "web",
    image: image?.name ?? null,
    ...{ vcpus, memoryMib, diskGib, diskFormat, network, firmware, video },
    ...{ maxVcpus: growth.maxVcpus, maxMemoryMib: growth.maxMemoryMib },
    virtType: room.virtType,
  });
}

/** Why memory counts more than was typed: the room that it may grow into. */
function Counted({ memoryMib, ceilingMib }: { memoryMib: number; ceilingMib: number }) {
  const t = useTranslations("create");
  const locale = useLocale();
  const size = (mib: number) => formatKib(mibToKib(mib), locale);
  if (ceilingMib === memoryMib) return null;
  const figures = { total: size(ceilingMib), memory: size(memoryMib) };
  return (
    <span className="block text-muted text-xs">
      {ceilingMib === 2 * memoryMib
        ? t("countsDouble", figures)
        : t("counts", { ...figures, room: size(ceilingMib - memoryMib) })}
    </span>
  );
}

function Line({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="shrink-0 text-muted">{term}</dt>
      <dd className="min-w-0 break-words text-right">{children}</dd>
    </div>
  );
}
