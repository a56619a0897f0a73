import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { reasons } from "@/app/why-not";
import { DiskTable } from "@/components/disk/disk-table";
import { FollowServer } from "@/components/shell/follow-server";
import { PageHeader } from "@/components/ui/page-header";
import { disksRevision } from "@/lib/services/disk/disks-revision";
import { listDisks } from "@/lib/services/disk/list-disks";
import { deleteDiskAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("disk"))("title") };
}

export default async function DisksPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, why, disks] = await Promise.all([
    getTranslations("disk"),
    reasons(ctx, project.id),
    listDisks(ctx, { projectId: project.id }),
  ]);
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <FollowServer of="disks" rendered={disksRevision(disks)} />
      <PageHeader title={t("title")} description={t("description")} />
      <DiskTable
        slug={project.slug}
        disks={disks}
        forbidden={why("disk.delete")}
        remove={deleteDiskAction}
      />
    </div>
  );
}
