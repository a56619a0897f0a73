"use client";

import { Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ImageStateLabel } from "@/components/image/image-state";
import type { CancelUploadAction } from "@/components/image/types";
import { Uploader } from "@/components/image/uploader";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ImageView } from "@/lib/model/image";

interface FileSectionProps {
  projectId: string;
  images: readonly ImageView[];
  ready: readonly ImageView[];
  chosen: ImageView | null;
  mayUpload: boolean;
  cancelUpload: CancelUploadAction;
  onChoose: (id: string) => void;
}

/** Which file; one can be uploaded right here, and one that was refused says why. */
export function FileSection(props: FileSectionProps) {
  const { projectId, images, ready, chosen, mayUpload, cancelUpload, onChoose } = props;
  const t = useTranslations("import");
  const locale = useLocale();
  const errorText = useErrorText();
  const [opened, setOpened] = useState(false);
  const uploading = opened || ready.length === 0;
  const others = images.filter(({ state }) => state !== "ready" && state !== "uploading");
  return (
    <Card
      title={t("file")}
      aside={
        mayUpload &&
        ready.length > 0 && (
          <Button
            size="sm"
            aria-expanded={uploading}
            icon={<Upload aria-hidden="true" />}
            onClick={() => setOpened(!opened)}
          >
            {uploading ? t("uploadClose") : t("upload")}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {chosen === null ? (
          <p className="text-13 text-muted">{t("none")}</p>
        ) : (
          <Field label={t("chosen")} hint={t("chosenHint")}>
            {(control) => (
              <Select
                {...control}
                name="imageId"
                value={chosen.id}
                onChange={(event) => onChoose(event.target.value)}
              >
                {ready.map(({ id, name, sizeBytes }) => (
                  <option key={id} value={id}>
                    {name} · {formatBytes(sizeBytes, locale)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {others.length > 0 && (
          <ul aria-label={t("others")} className="flex flex-col gap-2 text-13">
            {others.map(({ id, name, state, error }) => (
              <li key={id}>
                <span className="flex flex-wrap items-center gap-x-3">
                  <span className="min-w-0 break-words font-medium">{name}</span>
                  <ImageStateLabel state={state} />
                </span>
                {error && <span className="block text-bad-text">{errorText(error)}</span>}
              </li>
            ))}
          </ul>
        )}
        {uploading && mayUpload && (
          <Uploader
            projectId={projectId}
            kind="appliance"
            images={[...images]}
            cancelUpload={cancelUpload}
          />
        )}
      </div>
    </Card>
  );
}
