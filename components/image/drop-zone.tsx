"use client";

import { clsx } from "clsx";
import { Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type DragEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { formatBytes } from "@/components/ui/format";
import { type ImageKind, imageLimits } from "@/lib/model/image";

interface DropZoneProps {
  kind: ImageKind;
  onFiles: (files: File[]) => void;
  className?: string;
}

/** Only a help for the chooser: what a file is, its content tells. */
const accepted: Record<ImageKind, string> = {
  iso: ".iso,application/x-iso9660-image,application/x-cd-image",
  appliance: ".ova,.vmdk,.qcow2,.img,.raw",
};

/** Takes files by drop or by the browser's own chooser, which is a labelled file input. */
export function DropZone({ kind, onFiles, className }: DropZoneProps) {
  const t = useTranslations("image");
  const words = useTranslations(kind === "iso" ? "image" : "import");
  const locale = useLocale();
  const id = useId();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function takeChosen() {
    const files = [...(input.current?.files ?? [])];
    // The same file may be chosen again, for example after an interruption.
    if (input.current) input.current.value = "";
    if (files.length > 0) onFiles(files);
  }

  // The chooser works before the page does: what was chosen meanwhile is not lost.
  const onReady = useEffectEvent(takeChosen);
  useEffect(() => onReady(), []);

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }

  return (
    <section
      aria-label={words("drop")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={clsx(
        "flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-6 py-7 text-center transition-colors",
        over ? "border-accent-text bg-accent-soft" : "border-line-strong bg-surface",
        className,
      )}
    >
      <p className="flex flex-wrap items-center justify-center gap-x-2 gap-y-2">
        <span className="font-medium max-md:hidden">{words("drop")}</span>
        <span className="text-muted max-md:hidden">{t("or")}</span>
        <label
          htmlFor={id}
          className={clsx(
            buttonClass({ variant: "primary", size: "sm" }),
            "has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2",
          )}
        >
          <Upload aria-hidden="true" />
          {t("choose")}
          <input
            ref={input}
            id={id}
            type="file"
            multiple
            accept={accepted[kind]}
            className="sr-only"
            onChange={takeChosen}
          />
        </label>
      </p>
      <p className="max-w-prose text-13 text-muted">
        {words("dropHint", { max: formatBytes(imageLimits.maxBytes, locale) })}
      </p>
    </section>
  );
}
