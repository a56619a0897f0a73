import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { auditPage } from "@/app/audit-page";
import { AuditLog } from "@/components/audit/audit-log";
import { auditParams, auditQuery } from "@/lib/model/audit-query";
import { adminPage } from "../admin-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AdminAuditPage({ searchParams }: AuditPageProps) {
  const ctx = await adminPage();
  const query = auditQuery(await searchParams);
  return (
    <AuditLog
      page={await auditPage(ctx, query)}
      path="/admin/audit"
      params={auditParams(query)}
      further={query.cursor != null}
      projectId={null}
    />
  );
}
