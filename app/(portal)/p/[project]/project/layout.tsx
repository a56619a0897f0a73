import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { projectPage } from "@/app/(portal)/project-page";
import { Tabs } from "@/components/ui/tabs";
import { can } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";

interface ProjectTabsProps {
  params: Promise<{ project: string }>;
  children: ReactNode;
}

/** The project's own pages, with the right that each of them needs. */
const tabs = [
  ["members", "member.read"],
  ["quota", "project.read"],
  ["tokens", "project_token.read"],
  ["audit", "project_audit.read"],
  ["recordings", "recording.read"],
  ["settings", "project.rename"],
] as const satisfies readonly (readonly [string, Permission])[];

export default async function ProjectTabsLayout({ params, children }: ProjectTabsProps) {
  const { ctx, project } = await projectPage((await params).project);
  const t = await getTranslations("nav");
  const shown = tabs.filter(([, permission]) => can(ctx.actor, permission, project.id));
  return (
    <>
      <header className="border-line border-b px-4 pt-4 md:px-6 md:pt-6">
        <p className="text-13 text-muted">{t("project")}</p>
        <p className="break-words font-semibold text-xl tracking-tight">{project.name}</p>
        <div className="mt-2">
          <Tabs
            label={t("tabs.label")}
            items={shown.map(([name]) => ({
              href: `/p/${project.slug}/project/${name}`,
              label: t(`tabs.${name}`),
            }))}
          />
        </div>
      </header>
      {children}
    </>
  );
}
