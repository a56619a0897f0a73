import { FileInput, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { FirstSteps } from "@/components/project/first-steps";
import { PageHeader } from "@/components/ui/page-header";
import { ReasonLink } from "@/components/ui/reason-link";
import { VmList } from "@/components/vm/vm-list";
import { isReadyIso } from "@/lib/model/image";
import { listImages } from "@/lib/services/image/list-images";
import { listVms } from "@/lib/services/vm/list-vms";
import { cloneVmAction, planCloneAction, powerVmAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("vm"))("title") };
}

export default async function VmsPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, why, vms, images] = await Promise.all([
    getTranslations("vm"),
    reasons(ctx, project.id),
    listVms(ctx, { projectId: project.id }),
    listImages(ctx, { projectId: project.id }),
  ]);
  const create = why("vm.create");
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        actions={
          <>
            <ReasonLink
              href={`/p/${project.slug}/vms/import`}
              icon={<FileInput aria-hidden="true" />}
              align="end"
              disabledReason={create}
            >
              {t("import")}
            </ReasonLink>
            <ReasonLink
              variant="primary"
              href={`/p/${project.slug}/vms/new`}
              icon={<Plus aria-hidden="true" />}
              align="end"
              disabledReason={create}
            >
              {t("create")}
            </ReasonLink>
          </>
        }
      />
      <VmList
        initial={vms}
        project={{ id: project.id, slug: project.slug }}
        forbidden={{ power: why("vm.power"), console: why("vm.console") }}
        power={powerVmAction}
        clone={{
          slug: project.slug,
          forbidden: why("vm.clone"),
          plan: planCloneAction,
          clone: cloneVmAction,
        }}
        empty={
          <FirstSteps
            slug={project.slug}
            done={{
              upload: images.some(isReadyIso),
              create: false,
              console: false,
            }}
            consoleHref={null}
            forbidden={{ upload: why("image.upload"), create, console: why("vm.console") }}
          />
        }
      />
    </div>
  );
}
