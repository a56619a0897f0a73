import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { MembersPanel } from "@/app/(portal)/members-panel";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { renameProjectAction } from "@/app/(portal)/p/[project]/project/settings/actions";
import { reasons } from "@/app/why-not";
import { DeleteProject } from "@/components/project/delete-project";
import { RenameForm } from "@/components/project/rename-form";
import { LimitsForm } from "@/components/quota/limits-form";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { projectBySlug } from "@/lib/services/project/project-by-slug";
import { getProjectLimits } from "@/lib/services/quota/get-project-limits";
import { adminPage } from "../../admin-page";
import { deleteProjectAction, setProjectLimitsAction } from "../actions";

interface ProjectPageProps {
  params: Promise<{ slug: string }>;
}

const projectOf = cache(async (slug: string) => {
  const ctx = await adminPage();
  return { ctx, project: await orNotFound(projectBySlug(ctx, { slug })) };
});

export async function generateMetadata({ params }: ProjectPageProps): Promise<Metadata> {
  return { title: (await projectOf((await params).slug)).project.name };
}

export default async function AdminProjectPage({ params }: ProjectPageProps) {
  const { ctx, project } = await projectOf((await params).slug);
  const [t, why, limits] = await Promise.all([
    getTranslations("project.admin"),
    reasons(ctx, project.id),
    getProjectLimits(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-6">
      <div>
        <Link href="/admin/projects" className="rounded text-13 text-muted hover:text-ink">
          {t("back")}
        </Link>
        <PageHeader
          title={project.name}
          actions={<LinkButton href={`/p/${project.slug}`}>{t("open")}</LinkButton>}
        />
      </div>
      <MembersPanel ctx={ctx} project={project} />
      <LimitsForm
        initial={limits}
        forbidden={why("project.set_limits")}
        save={setProjectLimitsAction}
      />
      <RenameForm
        project={project}
        forbidden={why("project.rename")}
        rename={renameProjectAction}
      />
      <DeleteProject
        project={project}
        forbidden={why("project.delete")}
        remove={deleteProjectAction}
      />
    </div>
  );
}
