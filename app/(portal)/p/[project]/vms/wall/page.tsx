import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { ForbiddenConsole } from "@/components/console/forbidden-console";
import { ConsoleWall } from "@/components/console/wall/console-wall";
import { listVms } from "@/lib/services/vm/list-vms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console.wall"))("title") };
}

/** The screens of a project's running VMs beside each other. */
export default async function WallPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [why, vms] = await Promise.all([
    reasons(ctx, project.id),
    listVms(ctx, { projectId: project.id }),
  ]);
  const forbidden = why("vm.console");
  if (forbidden !== null) return <ForbiddenConsole reason={forbidden} />;
  return <ConsoleWall initial={vms} href={`/p/${project.slug}/vms`} />;
}
