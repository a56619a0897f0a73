"use client";

import { Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { CancelUploadAction } from "@/components/image/types";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { type ImageView, isReadyIso } from "@/lib/model/image";
import type { CreateForm } from "./form-state";

const Uploader = dynamic(
  () => import("@/components/image/uploader").then((module) => module.Uploader),
  { loading: () => <Skeleton className="h-28" /> },
);

interface SourceSectionProps {
  form: CreateForm;
  projectId: string;
  images: readonly ImageView[];
  image: ImageView | null;
  mayUpload: boolean;
  cancelUpload: CancelUploadAction;
  errorOf: (field: keyof CreateForm) => string | null;
  onImage: (id: string) => void;
}

/** Which ISO to install from; one can be uploaded right here. */
export function SourceSection(props: SourceSectionProps) {
  const { form, projectId, images, image, mayUpload, cancelUpload, errorOf, onImage } = props;
  const t = useTranslations("create");
  const system = useTranslations("image.family");
  const locale = useLocale();
  const ready = images.filter(isReadyIso);
  const [uploading, setUploading] = useState(ready.length === 0);
  return (
    <Card
      title={t("source")}
      aside={
        mayUpload && (
          <Button
            size="sm"
            aria-expanded={uploading}
            icon={<Upload aria-hidden="true" />}
            onClick={() => setUploading(!uploading)}
          >
            {uploading ? t("uploadClose") : t("upload")}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label={t("image")}
          error={errorOf("imageId")}
          hint={ready.length === 0 ? t("noImages") : t("imageHint")}
        >
          {(control) => (
            <Select
              {...control}
              name="imageId"
              value={form.imageId}
              onChange={(event) => onImage(event.target.value)}
            >
              {ready.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name} · {system(each.osFamily)} · {formatBytes(each.sizeBytes, locale)}
                </option>
              ))}
              <option value="">{t("noImage")}</option>
            </Select>
          )}
        </Field>
        {image && !image.bootable[form.firmware] && (
          <Callout tone="warn">{t(`notBootable.${form.firmware}`)}</Callout>
        )}
        {uploading && mayUpload && (
          <Uploader
            projectId={projectId}
            kind="iso"
            images={[...images]}
            cancelUpload={cancelUpload}
          />
        )}
      </div>
    </Card>
  );
}
