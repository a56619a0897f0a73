import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { VmEmpty } from "@/components/vm/vm-empty";
import { VmList } from "@/components/vm/vm-list";
import { can } from "@/lib/policies/can";
import { listImages } from "@/lib/services/image/list-images";
import { listVms } from "@/lib/services/vm/list-vms";
import { powerVmAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm"))("title") };
}

export default async function VmsPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, common, vms, images] = await Promise.all([
    getTranslations("vm"),
    getTranslations("common"),
    listVms(ctx, { projectId: project.id }),
    listImages(ctx, { projectId: project.id }),
  ]);
  const mayCreate = can(ctx.actor, "vm.create", project.id);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        actions={
          mayCreate && (
            <LinkButton
              variant="primary"
              href={`/p/${project.slug}/vms/new`}
              icon={<Plus aria-hidden="true" />}
            >
              {t("create")}
            </LinkButton>
          )
        }
      />
      <VmList
        initial={vms}
        project={{ id: project.id, slug: project.slug }}
        forbidden={can(ctx.actor, "vm.power", project.id) ? null : common("notAllowed")}
        power={powerVmAction}
        empty={
          <VmEmpty
            slug={project.slug}
            hasImage={images.some((image) => image.state === "ready")}
            mayCreate={mayCreate}
          />
        }
      />
    </div>
  );
}
