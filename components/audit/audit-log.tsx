import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { withBase } from "@/lib/base-path";
import type { AuditPage } from "@/lib/model/audit";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { FilterChips } from "./filter-chips";

interface AuditLogProps {
  page: AuditPage;
  /** Address of this page, and the filters in it. */
  path: string;
  params: Record<string, string>;
  /** Whether it is not the first page. */
  further: boolean;
  /** The project whose log it is; null for the installation's. */
  projectId: string | null;
}

/** The audit log as a page: what is looked for, the rows, and the ways to more and to a file. */
export function AuditLog({ page, path, params, further, projectId }: AuditLogProps) {
  const t = useTranslations("audit");
  const { rows, next, searchedTo } = page;
  const link = (more: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...params, ...more })}`;
  const filtered = Object.keys(params).length > 0;
  const file = (format: string) =>
    `/api/audit/export?${new URLSearchParams({ ...params, ...(projectId && { projectId }), format })}`;
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        description={projectId === null ? t("description") : t("ofProject")}
        actions={["csv", "json"].map((format) => (
          // No `Link`: it would be fetched before anybody asks for the file.
          <a
            key={format}
            href={withBase(file(format))}
            download
            className={buttonClass({ variant: "secondary" })}
          >
            {t(`export.${format}`)}
          </a>
        ))}
      />
      <AuditFilters path={path} params={params} />
      <FilterChips path={path} params={params} rows={rows} />
      {rows.length > 0 && (
        <AuditTable rows={rows} administration={projectId === null} link={link} />
      )}
      {searchedTo !== null && (
        <Callout role="status">
          {t.rich("searchedTo", { at: () => <LocalTime at={searchedTo} /> })}
        </Callout>
      )}
      {rows.length === 0 && searchedTo === null && (
        <EmptyState
          icon={<ScrollText aria-hidden="true" />}
          title={filtered ? t("noneFound") : t("none")}
        >
          {filtered ? t("noneFoundHint") : t("noneHint")}
        </EmptyState>
      )}
      <p className="flex flex-wrap items-center gap-3">
        {further && (
          <LinkButton size="sm" href={link({})}>
            {t("newest")}
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton size="sm" href={link({ cursor: next })}>
            {searchedTo === null ? t("older") : t("searchOn")}
          </LinkButton>
        )}
      </p>
    </div>
  );
}
