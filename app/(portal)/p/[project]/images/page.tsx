import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { ImageTable } from "@/components/image/image-table";
import { Uploader } from "@/components/image/uploader";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { listImages } from "@/lib/services/image/list-images";
import { cancelUploadAction, deleteImageAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("image"))("title") };
}

export default async function ImagesPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, images] = await Promise.all([
    getTranslations("image"),
    listImages(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      {can(ctx.actor, "image.upload", project.id) ? (
        <Uploader projectId={project.id} images={images} cancelUpload={cancelUploadAction} />
      ) : (
        <Callout>{t("forbidden")}</Callout>
      )}
      <ImageTable
        slug={project.slug}
        initial={images}
        mayDelete={can(ctx.actor, "image.delete", project.id)}
        mayCreate={can(ctx.actor, "vm.create", project.id)}
        remove={deleteImageAction}
      />
    </div>
  );
}
