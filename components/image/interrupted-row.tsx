"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Progress } from "@/components/ui/progress";
import type { ImageView } from "@/lib/model/image";

interface InterruptedRowProps {
  image: ImageView;
  onFile: (file: File) => void;
  onDiscard: () => void;
}

/** An upload that another page began: a browser needs the file chosen again to read on. */
export function InterruptedRow({ image, onFile, onDiscard }: InterruptedRowProps) {
  const t = useTranslations("image.upload");
  const format = useFormatter();
  const id = useId();
  const share = image.receivedBytes / Math.max(1, image.sizeBytes);
  const percent = format.number(share, { style: "percent", maximumFractionDigits: 0 });
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-48 flex-1">
          <span className="block text-muted text-xs">{t("interruptedTitle")}</span>
          {t("interrupted", { name: image.name, percent })}
        </p>
        <label
          htmlFor={id}
          className={clsx(
            buttonClass({ size: "sm" }),
            "has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
          )}
        >
          {t("goOn")}
          <input
            id={id}
            type="file"
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file) onFile(file);
            }}
          />
        </label>
        <Button
          size="icon"
          variant="ghost"
          aria-label={t("discardOf", { name: image.name })}
          title={t("discard")}
          icon={<X aria-hidden="true" />}
          onClick={onDiscard}
        />
      </div>
      <Progress percent={100 * share} label={t("progress", { name: image.name })} />
    </li>
  );
}
