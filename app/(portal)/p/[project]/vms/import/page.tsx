import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hostRoom } from "@/app/(portal)/host-room";
import { cancelUploadAction } from "@/app/(portal)/p/[project]/images/actions";
import { projectPage } from "@/app/(portal)/project-page";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { ImportForm } from "@/components/vm/import/import-form";
import { can } from "@/lib/policies/can";
import { listImages } from "@/lib/services/image/list-images";
import { listNetworks } from "@/lib/services/network/list-networks";
import { getQuota } from "@/lib/services/quota/get-quota";
import { importVmAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("import"))("title") };
}

interface ImportPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ file?: string | string[] }>;
}

export default async function ImportPage({ params, searchParams }: ImportPageProps) {
  const { ctx, project } = await projectPage((await params).project);
  const { file } = await searchParams;
  const [t, images, networks, quota] = await Promise.all([
    getTranslations("import"),
    listImages(ctx, { projectId: project.id }),
    listNetworks(ctx, { projectId: project.id }),
    getQuota(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      {can(ctx.actor, "vm.create", project.id) ? (
        <ImportForm
          project={{ id: project.id, slug: project.slug }}
          images={images}
          networks={networks}
          room={hostRoom(ctx)}
          quota={quota}
          imageId={typeof file === "string" ? file : null}
          mayUpload={can(ctx.actor, "image.upload", project.id)}
          importVm={importVmAction}
          cancelUpload={cancelUploadAction}
        />
      ) : (
        <Callout tone="warn">{t("forbidden")}</Callout>
      )}
    </div>
  );
}
