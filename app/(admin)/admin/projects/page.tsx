import { FolderKanban } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import { getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { CreateProject } from "@/components/project/create-project";
import { ProjectTable } from "@/components/project/project-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { pageProjects, pageProjectsSchema } from "@/lib/services/project/page-projects";
import { adminPage } from "../admin-page";
import { createProjectAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("adminProjects") };
}

interface ProjectsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProjectsPage({ searchParams }: ProjectsPageProps) {
  const ctx = await adminPage();
  const { search, cursor } = await searchParams;
  // An address that somebody has spoilt shows the first page.
  const asked = pageProjectsSchema.safeParse({ search, cursor });
  const input = asked.success ? asked.data : pageProjectsSchema.parse({});
  const [t, why, { projects, total, next }] = await Promise.all([
    getTranslations("project.admin"),
    reasons(ctx),
    pageProjects(ctx, input),
  ]);
  const link = (to: string | null) =>
    `/admin/projects?${new URLSearchParams({ search: input.search, ...(to !== null && { cursor: to }) })}`;
  return (
    <div className="flex max-w-6xl flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<CreateProject forbidden={why("project.create")} create={createProjectAction} />}
      />
      <search>
        <Form action="/admin/projects" className="flex max-w-md gap-2">
          <Input
            type="search"
            name="search"
            aria-label={t("search")}
            placeholder={t("search")}
            maxLength={60}
            key={input.search}
            defaultValue={input.search}
          />
          <Button type="submit">{t("find")}</Button>
        </Form>
      </search>
      {projects.length === 0 ? (
        <EmptyState icon={<FolderKanban aria-hidden="true" />} title={t("none")}>
          {input.search === "" ? t("noneHint") : t("noneFound")}
        </EmptyState>
      ) : (
        <ProjectTable projects={projects} />
      )}
      <p className="flex flex-wrap items-center gap-3 text-13 text-muted">
        {t("total", { count: total })}
        {input.cursor !== null && (
          <LinkButton size="sm" href={link(null)}>
            {t("firstPage")}
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton size="sm" href={link(next)}>
            {t("nextPage")}
          </LinkButton>
        )}
      </p>
    </div>
  );
}
