import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/app/session";
import { EmptyState } from "@/components/ui/empty-state";
import { listProjects } from "@/lib/services/project/list-projects";
import { PortalShell } from "./portal-shell";

/** The start page: straight to the work. */
export default async function HomePage() {
  const ctx = await pageContext();
  const [first] = await listProjects(ctx);
  if (first) redirect(`/p/${first.slug}`);
  const t = await getTranslations("nav");
  return (
    <PortalShell ctx={ctx}>
      <div className="p-6">
        <h1 className="sr-only">Portico</h1>
        <EmptyState title={t("noProject")}>{t("noProjectHint")}</EmptyState>
      </div>
    </PortalShell>
  );
}
