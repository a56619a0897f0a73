import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { ImageTable } from "@/components/image/image-table";
import { Uploader } from "@/components/image/uploader";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { listImages } from "@/lib/services/image/list-images";
import { cancelUploadAction, deleteImageAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("image"))("title") };
}

export default async function ImagesPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, why, images] = await Promise.all([
    getTranslations("image"),
    reasons(ctx, project.id),
    listImages(ctx, { projectId: project.id }),
  ]);
  const upload = why("image.upload");
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      {upload === null ? (
        <Uploader
          projectId={project.id}
          kind="iso"
          images={images}
          cancelUpload={cancelUploadAction}
        />
      ) : (
        <Callout title={t("forbidden")}>{upload}</Callout>
      )}
      <ImageTable
        slug={project.slug}
        initial={images}
        forbidden={{ remove: why("image.delete"), create: why("vm.create") }}
        remove={deleteImageAction}
      />
    </div>
  );
}
