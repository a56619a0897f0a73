"use client";

import { useLocale, useTranslations } from "next-intl";
import { useLiveImages } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { formatBytes } from "@/components/ui/format";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { type ImageKind, type ImageView, imageLimits } from "@/lib/model/image";
import { DropZone } from "./drop-zone";
import { InterruptedRow } from "./interrupted-row";
import type { CancelUploadAction } from "./types";
import { isUnderWay } from "./upload-items";
import { UploadRow } from "./upload-row";
import { useUploads } from "./use-uploads";

interface UploaderProps {
  projectId: string;
  kind: ImageKind;
  images: ImageView[];
  cancelUpload: CancelUploadAction;
}

/** Drop zone, the uploads of this tab, and those that an earlier page left unfinished. */
export function Uploader({ projectId, kind, images, cancelUpload }: UploaderProps) {
  const t = useTranslations("image.upload");
  const locale = useLocale();
  const errorText = useErrorText();
  const { items, start, pause, resume, cancel, hide } = useUploads(projectId, kind);
  const live = useLiveImages(images).filter((image) => image.kind === kind);

  const ours = new Set(items.map((item) => item.imageId));
  const ourNames = new Set(items.map((item) => item.name));
  const inTable = new Set<string | null>(
    live.filter((image) => image.state !== "uploading").map((image) => image.id),
  );
  const interrupted = live.filter(
    (image) => image.state === "uploading" && !ours.has(image.id) && !ourNames.has(image.name),
  );
  // What has arrived or was refused goes on in the table below, with its checks and reasons.
  const shown = items.filter(
    (item) => isUnderWay(item) || item.phase === "paused" || !inTable.has(item.imageId),
  );

  function take(files: File[]) {
    for (const file of files) {
      if (file.size === 0) {
        toast.bad(t("empty", { name: file.name }));
      } else if (file.size > imageLimits.maxBytes) {
        const max = formatBytes(imageLimits.maxBytes, locale);
        toast.bad(t("tooLarge", { name: file.name, max }));
      } else {
        void start(file);
      }
    }
  }

  async function discard(image: ImageView) {
    const result = await callAction(() => cancelUpload({ imageId: image.id }));
    if (!result.ok) toast.bad(errorText(result.error.message));
  }

  return (
    <div className="flex flex-col gap-3">
      <DropZone kind={kind} onFiles={take} />
      {(shown.length > 0 || interrupted.length > 0) && (
        <ul
          aria-label={t("title")}
          className="divide-y divide-line rounded-lg border border-line bg-surface"
        >
          {shown.map((item) => (
            <UploadRow
              key={item.key}
              item={item}
              onPause={() => void pause(item.key)}
              onResume={() => void resume(item.key)}
              onCancel={() => void cancel(item.key)}
              onHide={() => hide(item.key)}
            />
          ))}
          {interrupted.map((image) => (
            <InterruptedRow
              key={image.id}
              image={image}
              onFile={(file) => take([file])}
              onDiscard={() => void discard(image)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
