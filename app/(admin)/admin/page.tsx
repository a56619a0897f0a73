import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FigureCard } from "@/components/project/figure-card";
import { Overcommit } from "@/components/quota/overcommit";
import { PageHeader } from "@/components/ui/page-header";
import { readOverview } from "@/lib/services/project/read-overview";
import { hostOvercommit } from "@/lib/services/quota/host-overcommit";
import { adminPage } from "./admin-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("adminOverview") };
}

export default async function OverviewPage() {
  const ctx = await adminPage();
  const [t, { hosts, vms, running, projects, users, tasks, refused }, report] = await Promise.all([
    getTranslations("project.overview"),
    readOverview(ctx),
    hostOvercommit(ctx),
  ]);
  return (
    <div className="flex max-w-6xl flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <FigureCard
          href="/admin/hosts"
          name={t("hosts")}
          figure={hosts.total}
          note={
            hosts.connected === hosts.total
              ? t("allConnected")
              : t("unreachable", { count: hosts.total - hosts.connected })
          }
          bad={hosts.connected < hosts.total}
        />
        <FigureCard
          href="/admin/vms"
          name={t("vms")}
          figure={vms}
          note={t("running", { count: running })}
        />
        <FigureCard href="/admin/projects" name={t("projects")} figure={projects} />
        <FigureCard href="/admin/users" name={t("users")} figure={users} />
        <FigureCard name={t("tasks")} figure={tasks} note={t("tasksNote")} />
        <FigureCard
          href="/admin/audit?outcome=refused"
          name={t("refused")}
          figure={refused}
          note={t("refusedNote")}
        />
      </ul>
      {report.hosts.length > 0 && <Overcommit report={report} />}
    </div>
  );
}
