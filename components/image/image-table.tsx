"use client";

import { Disc3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLiveImages, useLiveTasks } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ImageView } from "@/lib/model/image";
import { ImageRow } from "./image-row";
import type { DeleteImageAction } from "./types";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  // Without this the page's skeleton would show while it loads.
  { ssr: false },
);

const noTasks = [] as const;

interface ImageTableProps {
  slug: string;
  initial: ImageView[];
  /** Why the person may not; null when he may. */
  forbidden: { remove: string | null; create: string | null };
  remove: DeleteImageAction;
}

/** The project's images, live; unfinished uploads are shown by the uploader above. */
export function ImageTable({ slug, initial, forbidden, remove }: ImageTableProps) {
  const t = useTranslations("image");
  const errorText = useErrorText();
  const [asking, setAsking] = useState<ImageView | null>(null);
  const tasks = useLiveTasks(noTasks);
  const images = useLiveImages(initial)
    .filter((image) => image.state !== "uploading")
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));

  async function confirmed(image: ImageView) {
    setAsking(null);
    const result = await callAction(() => remove({ imageId: image.id }));
    if (!result.ok) toast.bad(errorText(result.error.message));
    else toast.info(t("delete.started", { name: image.name }));
  }

  if (images.length === 0) {
    return (
      <EmptyState icon={<Disc3 aria-hidden="true" />} title={t("empty.title")}>
        {t("empty.body")}
      </EmptyState>
    );
  }

  return (
    <>
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("list.name")}</Th>
            <Th className="max-sm:hidden">{t("list.state")}</Th>
            <Th className="max-md:hidden">{t("list.system")}</Th>
            <Th className="max-sm:hidden">{t("list.size")}</Th>
            <Th className="max-lg:hidden">{t("list.boot")}</Th>
            <Th className="max-lg:hidden">{t("list.usedBy")}</Th>
            <Th className="max-xl:hidden">{t("list.by")}</Th>
            <Th>
              <span className="sr-only">{t("list.actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {images.map((image) => (
            <ImageRow
              key={image.id}
              image={image}
              percent={
                tasks.find((task) => task.targetId === image.id && task.state === "running")
                  ?.progressPercent ?? null
              }
              createHref={image.state === "ready" ? hrefOf(slug, image) : null}
              forbidden={forbidden}
              onDelete={setAsking}
            />
          ))}
        </tbody>
      </Table>
      {asking && (
        <ConfirmDialog
          danger
          title={t("delete.title", { name: asking.name })}
          body={t("delete.body")}
          confirm={t("delete.confirm")}
          onClose={() => setAsking(null)}
          onConfirm={() => void confirmed(asking)}
        />
      )}
    </>
  );
}

/** Where a VM is made from it. */
function hrefOf(slug: string, { id, kind }: ImageView): string {
  const vms = `/p/${slug}/vms`;
  return kind === "iso" ? `${vms}/new?image=${id}` : `${vms}/import?file=${id}`;
}
