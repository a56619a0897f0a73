import type { ReactNode } from "react";
import { PortalShell } from "@/app/(portal)/portal-shell";
import { projectPage } from "@/app/(portal)/project-page";

interface ProjectLayoutProps {
  params: Promise<{ project: string }>;
  children: ReactNode;
}

export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { ctx, project } = await projectPage((await params).project);
  return (
    <PortalShell ctx={ctx} slug={project.slug}>
      {children}
    </PortalShell>
  );
}
