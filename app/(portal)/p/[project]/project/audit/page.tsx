import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { projectPage } from "@/app/(portal)/project-page";
import { auditPage } from "@/app/audit-page";
import { AuditLog } from "@/components/audit/audit-log";
import { auditParams, auditQuery } from "@/lib/model/audit-query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

interface AuditPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProjectAuditPage({ params, searchParams }: AuditPageProps) {
  const { ctx, project } = await projectPage((await params).project);
  const query = auditQuery(await searchParams);
  const page = await auditPage(ctx, { ...query, projectId: project.id });
  return (
    <AuditLog
      page={page}
      path={`/p/${project.slug}/project/audit`}
      params={auditParams({ ...query, projectId: null })}
      further={query.cursor != null}
      projectId={project.id}
    />
  );
}
